//! The self-test: tries from inside what the lock refuses, and says what happened.
//!
//! Every attempt is harmless where it succeeds: an address of this machine that nobody listens
//! on, a program that does not exist, a file that is removed at once, a child that ends at once.

use super::level::Level;

#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod kernel;
#[cfg(target_os = "linux")]
mod network;
#[cfg(target_os = "linux")]
mod processes;

/// What an attempt met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The kernel refused it; the error's number (EPERM, EACCES or ENOSYS).
    Refused(i32),
    /// It went through, or failed only because nothing is at the other end.
    Reached,
    /// This kernel does not have it at all; the error's number.
    Absent(i32),
    /// It works on purpose, and leads nowhere but back into this process.
    Inside,
    /// It could not be tried: what it needs has to be opened before the lock ([`get_ready`]).
    Untried,
}

/// One attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was tried, in the words of the documentation.
    pub name: &'static str,
    /// What happened.
    pub found: Found,
    /// Names of the layers ([`super::lock::Layer`]) of which each alone refuses it.
    pub by: &'static [&'static str],
}

impl Row {
    /// Whether nothing got out.
    pub fn passes(&self) -> bool {
        self.found != Found::Reached
    }

    /// Whether it was tried and did not get out; what is allowed, or could not be tried, is neither
    /// refused nor reached.
    pub fn refused(&self) -> bool {
        matches!(self.found, Found::Refused(_) | Found::Absent(_))
    }

    /// The outcome in words: `refused (…)`, `not in this kernel (…)` or `REACHED`; two rows may also
    /// be `allowed, …` and `not tried, …`.
    pub fn words(&self) -> String {
        let named = |what: &str, error: i32| match error {
            1 => format!("{what} (EPERM)"),
            13 => format!("{what} (EACCES)"),
            38 => format!("{what} (ENOSYS)"),
            number => format!("{what} (error {number})"),
        };
        match self.found {
            Found::Refused(error) => named("refused", error),
            Found::Absent(error) => named("not in this kernel", error),
            Found::Reached => "REACHED".to_owned(),
            Found::Inside => "allowed, it leads back into inward only".to_owned(),
            Found::Untried => {
                "not tried, it has to be opened before the lock: run `inward privacy --self-test`"
                    .to_owned()
            }
        }
    }
}

/// Opens what one attempt needs from before the lock: a socket that is never sent through unless
/// the lock fails. Only a self-test calls this; nothing else of inward ever opens a socket.
pub fn get_ready() {
    #[cfg(target_os = "linux")]
    network::open_early();
}

/// Tries everything, in a fixed order. Empty on a system without a lock.
///
/// Meant for after [`super::lock::lock`]; before it, most rows are [`Found::Reached`].
pub fn self_test() -> Vec<Row> {
    #[cfg(target_os = "linux")]
    return [network::rows(), processes::rows(), files::rows()].concat();
    #[cfg(not(target_os = "linux"))]
    Vec::new()
}

/// How a self-test stands in the log: `reached` and how many got through, else `held` and how many
/// were tried and refused.
pub fn logged(rows: &[Row]) -> (&'static str, u64) {
    let count = |is: fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
    match count(|row| !row.passes()) {
        0 => ("held", count(Row::refused)),
        reached => ("reached", reached),
    }
}

/// Names of what was reached although a layer that `level` claims should have refused it: while
/// there is one, what inward says of its lock is false.
pub fn lies(level: &Level, rows: &[Row]) -> Vec<&'static str> {
    let layers = level.layers();
    let claimed = |row: &&Row| {
        let mut holding = layers.iter().filter(|layer| layer.holds);
        holding.any(|layer| row.by.contains(&layer.name))
    };
    let reached = rows.iter().filter(|row| !row.passes());
    reached.filter(claimed).map(|row| row.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(found: Found, by: &'static [&'static str]) -> Row {
        let name = "something";
        Row { name, found, by }
    }

    #[test]
    fn what_is_reached_is_a_lie_only_where_a_layer_that_refuses_it_is_claimed() {
        let files_only = Level {
            landlock_abi: 3,
            ..Level::unlocked("")
        };
        let files_only = Level {
            landlock_problem: None,
            ..files_only
        };
        let calls = row(Found::Reached, &["calls", "tcp"]);
        let files = row(Found::Reached, &["files"]);
        assert_eq!(lies(&files_only, &[calls, files]).len(), 1);
        assert!(lies(&Level::unlocked("x"), &[calls, files]).is_empty());
        let fine = [
            row(Found::Refused(1), &["files"]),
            row(Found::Absent(97), &["files"]),
        ];
        assert!(lies(&files_only, &fine).is_empty());
    }

    #[test]
    fn the_log_counts_what_was_refused_or_what_got_through() {
        let held = [
            Found::Refused(1),
            Found::Inside,
            Found::Absent(38),
            Found::Untried,
        ];
        let held = held.map(|found| row(found, &[]));
        assert_eq!(logged(&held), ("held", 2));
        let reached = [held[0], row(Found::Reached, &[]), held[1]];
        assert_eq!(logged(&reached), ("reached", 1));
    }

    #[test]
    fn every_outcome_has_its_word() {
        let words = |found| row(found, &[]).words();
        assert_eq!(words(Found::Refused(13)), "refused (EACCES)");
        assert_eq!(words(Found::Absent(97)), "not in this kernel (error 97)");
        assert_eq!(words(Found::Reached), "REACHED");
        assert!(words(Found::Inside).starts_with("allowed"));
        assert!(words(Found::Untried).starts_with("not tried"));
        let counted = |found| row(found, &[]).refused();
        assert!(counted(Found::Refused(1)) && counted(Found::Absent(38)));
        assert!(
            ![Found::Inside, Found::Untried, Found::Reached]
                .into_iter()
                .any(counted)
        );
    }
}
