//! Which key does what where: the embedded table, patched by the owner's own keys.

use std::collections::BTreeMap;

use super::action::Action;
use super::key::{BadKey, Key};

/// Where a binding works: a section of `keys.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere.
    Always,
    /// On pages and details.
    Page,
    /// Wherever there is a cursor.
    List,
    /// In help, menus and dialogs.
    Popup,
    /// While the screen is covered.
    Cover,
    /// In the question whether to keep.
    Keep,
    /// In the list of those who could be me.
    Proposals,
    /// While a text field has the focus.
    Text,
}

impl Context {
    const ALL: [(&'static str, Self); 8] = [
        ("always", Self::Always),
        ("page", Self::Page),
        ("list", Self::List),
        ("popup", Self::Popup),
        ("cover", Self::Cover),
        ("keep", Self::Keep),
        ("proposals", Self::Proposals),
        ("text", Self::Text),
    ];

    /// The name of the section.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|row| row.1 == self)
            .map_or("", |row| row.0)
    }

    fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// Whether both can be asked for one key at the same time.
    fn meets(self, other: Self) -> bool {
        let pair = (self.min(other), self.max(other));
        self == other
            || pair.0 == Self::Always
            || matches!(
                pair,
                (Self::Page, Self::List) | (Self::List, Self::Popup | Self::Proposals)
            )
    }
}

/// One key with its meaning in one context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it works.
    pub context: Context,
    /// What it does.
    pub action: Action,
    /// The key.
    pub key: Key,
}

/// What is wrong with the owner's keys. The standard keys of that action stay.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeymapError {
    /// The table is no TOML.
    #[error("the key table cannot be read: {0}")]
    Table(String),
    /// A name that is no action.
    #[error("keys: `{0}` is no action; `?` lists their names")]
    UnknownAction(String),
    /// A section that does not exist.
    #[error(
        "keys: `{0}` is no section: use always, page, list, popup, cover, keep, proposals or text"
    )]
    UnknownSection(String),
    /// A key that cannot be read.
    #[error("keys: {action}: {bad}")]
    Key {
        /// The action's name.
        action: String,
        /// The key.
        bad: BadKey,
    },
    /// One key would do two things in one place.
    #[error("keys: `{key}` cannot be {action}: it is {taken} already")]
    Taken {
        /// The key.
        key: Key,
        /// What it was to do.
        action: &'static str,
        /// What it does.
        taken: &'static str,
    },
}

/// Every binding in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// The embedded table.
const STANDARD: &str = include_str!("../../assets/keys.toml");

impl Keymap {
    /// The standard keys, patched: for every action named in `patch`, its keys instead. What is
    /// wrong in the patch is left out and reported; the rest holds.
    pub fn patched(patch: &BTreeMap<String, Vec<String>>) -> (Self, Vec<KeymapError>) {
        let mut problems = Vec::new();
        let mut map = match Self::read(STANDARD) {
            Ok(map) => map,
            Err(problem) => {
                problems.push(problem);
                Self::default()
            }
        };
        for (name, keys) in patch {
            match map.with(name, keys) {
                Ok(next) => map = next,
                Err(problem) => problems.push(problem),
            }
        }
        (map, problems)
    }

    /// The standard keys.
    pub fn standard() -> Self {
        Self::patched(&BTreeMap::new()).0
    }

    fn read(text: &str) -> Result<Self, KeymapError> {
        let table: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            toml::from_str(text).map_err(|error| KeymapError::Table(error.to_string()))?;
        let mut map = Self::default();
        for (section, actions) in &table {
            let context = Context::by_name(section)
                .ok_or_else(|| KeymapError::UnknownSection(section.clone()))?;
            for (name, keys) in actions {
                let action = Action::by_name(name)
                    .ok_or_else(|| KeymapError::UnknownAction(name.clone()))?;
                map.bind(context, action, keys)?;
            }
        }
        Ok(map)
    }

    /// The map with other keys for `name`, which is `action` or `section.action`.
    fn with(&self, name: &str, keys: &[String]) -> Result<Self, KeymapError> {
        let (section, action) = match name.split_once('.') {
            Some((section, action)) => (Some(section), action),
            None => (None, name),
        };
        let action =
            Action::by_name(action).ok_or_else(|| KeymapError::UnknownAction(name.to_owned()))?;
        let contexts = match section {
            Some(section) => vec![
                Context::by_name(section)
                    .ok_or_else(|| KeymapError::UnknownSection(section.to_owned()))?,
            ],
            None => self.contexts_of(action),
        };
        let mut map = self.clone();
        map.bindings
            .retain(|b| b.action != action || !contexts.contains(&b.context));
        for context in contexts {
            map.bind(context, action, keys)?;
        }
        Ok(map)
    }

    /// Where `action` is bound; an action without a key goes to the pages.
    fn contexts_of(&self, action: Action) -> Vec<Context> {
        let mut found: Vec<_> = self
            .bindings
            .iter()
            .filter(|b| b.action == action)
            .map(|b| b.context)
            .collect();
        found.dedup();
        if found.is_empty() {
            found.push(Context::Page);
        }
        found
    }

    fn bind(&mut self, at: Context, action: Action, keys: &[String]) -> Result<(), KeymapError> {
        for text in keys {
            let key: Key = text.parse().map_err(|bad| KeymapError::Key {
                action: action.name().to_owned(),
                bad,
            })?;
            let taken = self
                .bindings
                .iter()
                .find(|b| b.key == key && b.context.meets(at));
            if let Some(taken) = taken {
                return Err(KeymapError::Taken {
                    key,
                    action: action.name(),
                    taken: taken.action.name(),
                });
            }
            self.bindings.push(Binding {
                context: at,
                action,
                key,
            });
        }
        Ok(())
    }

    /// What `key` does where `contexts` hold, or nothing.
    pub fn action(&self, contexts: &[Context], key: Key) -> Option<Action> {
        self.bindings
            .iter()
            .find(|b| b.key == key && contexts.contains(&b.context))
            .map(|b| b.action)
    }

    /// The keys of `action` in any of `contexts`, the main one first.
    pub fn keys(&self, contexts: &[Context], action: Action) -> Vec<Key> {
        self.bindings
            .iter()
            .filter(|b| b.action == action && contexts.contains(&b.context))
            .map(|b| b.key)
            .collect()
    }

    /// The main key of `action` as it is written on the screen; empty when it has none there.
    pub fn label(&self, contexts: &[Context], action: Action) -> String {
        self.keys(contexts, action)
            .first()
            .map(|key| key.label())
            .unwrap_or_default()
    }

    /// Every binding, for the documentation and the tests.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patch(rows: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        rows.iter()
            .map(|(name, keys)| {
                let keys = keys.iter().map(|k| (*k).to_owned()).collect();
                ((*name).to_owned(), keys)
            })
            .collect()
    }

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    const PAGE: &[Context] = &[Context::Always, Context::Page, Context::List];

    #[test]
    fn the_standard_table_is_whole_and_free_of_doubles() {
        let (map, problems) = Keymap::patched(&BTreeMap::new());
        assert_eq!(problems, []);
        assert_eq!(map.action(PAGE, key("q")), Some(Action::Close));
        assert_eq!(map.action(PAGE, key("ctrl-p")), Some(Action::Palette));
        assert_eq!(map.label(PAGE, Action::PageDown), "PgDn");
    }

    #[test]
    fn every_action_has_a_key_or_stands_in_the_palette() {
        let map = Keymap::standard();
        for action in Action::ALL {
            let bound = map.bindings().iter().any(|b| b.action == *action);
            assert!(bound || action.in_palette(), "{action:?} cannot be reached");
        }
    }

    #[test]
    fn own_keys_replace_the_standard_ones_of_that_action() {
        let (map, problems) = Keymap::patched(&patch(&[("cover", &["z"])]));
        assert_eq!(problems, []);
        assert_eq!(map.action(PAGE, key("z")), Some(Action::Cover));
        assert_eq!(map.action(PAGE, key("p")), None);
        assert_eq!(map.action(&[Context::Popup], key("z")), Some(Action::Cover));
    }

    #[test]
    fn a_key_that_means_two_things_is_refused_and_the_old_one_stays() {
        let (map, problems) = Keymap::patched(&patch(&[("cover", &["j"]), ("nap", &["z"])]));
        assert_eq!(map, Keymap::standard());
        assert_eq!(
            problems[0].to_string(),
            "keys: `j` cannot be cover: it is down already"
        );
        assert_eq!(
            problems[1].to_string(),
            "keys: `nap` is no action; `?` lists their names"
        );
    }

    #[test]
    fn one_key_may_mean_two_things_in_two_places_that_never_meet() {
        let map = Keymap::standard();
        assert_eq!(map.action(&[Context::Keep], key("k")), Some(Action::Keep));
        assert_eq!(map.action(PAGE, key("k")), Some(Action::Up));
    }
}
