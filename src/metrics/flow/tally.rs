//! Counts of what was left out, by reason.

use std::collections::BTreeMap;

use crate::model::figure::LeftOut;

/// How many items each reason left out; listed by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    /// One more for `reason`.
    pub(super) fn add(&mut self, reason: &'static str) {
        *self.0.entry(reason).or_default() += 1;
    }

    /// All of them, with the `excluded` ones that another count made.
    pub(super) fn with(self, excluded: Vec<LeftOut>) -> Vec<LeftOut> {
        let own = self.0.into_iter();
        let own = own.map(|(reason, n)| LeftOut { reason, n });
        own.chain(excluded).collect()
    }
}
