//! The second place of the owner's own words is whole or it is not used: where it is, it beats what could be
//! read of the damaged file, page by page.

use std::collections::BTreeSet;

use super::super::error::Doing;
use super::super::words::{self, Second};
use super::super::{Store, StoreError};
use super::{OWN, Rescued, Saved, Secondly};

impl Rescued {
    /// With the owner's own words as the second place holds them.
    pub(super) fn with(mut self, second: Second) -> Result<Self, StoreError> {
        let (mut second, is_due) = match second {
            Second::None => return Ok(self),
            Second::Unfit(why) => {
                self.second = Secondly::Unfit(why);
                return Ok(self);
            }
            Second::Whole { store, is_due } => (*store, is_due),
        };
        if self.has_key && !self.store.key.is(&second.key) {
            self.second = Secondly::Unfit("it belongs to another store".to_owned());
            return Ok(self);
        }
        let mut listed = second.imports()?;
        let known: BTreeSet<u64> = listed.iter().map(|import| import.id).collect();
        let more = self.imports.into_iter();
        listed.extend(more.filter(|import| is_due && !known.contains(&import.id)));
        self.imports = listed;
        second.drop_imports()?;
        if self.nothing.is_some() {
            self.store = second;
            self.saved.clear();
        } else if is_due && self.has_key {
            self.store.take_in_words(second)?;
        } else {
            self.store.replace_words(&second)?;
        }
        self.count()?;
        self.second = if is_due {
            Secondly::Joined
        } else {
            Secondly::Used
        };
        Ok(self)
    }

    /// Says of the tables that the second place holds how much is here now.
    fn count(&mut self) -> Result<(), StoreError> {
        for (table, what) in OWN {
            if !words::TABLES.contains(&table) {
                continue;
            }
            let sql = format!("SELECT count(*) FROM {table}");
            let rows = self.store.read("counting what was rescued", |conn| {
                conn.query_row(&sql, [], |row| row.get(0))
            })?;
            let lost = None;
            let saved = Saved { what, rows, lost };
            match self.saved.iter_mut().find(|one| one.what == what) {
                Some(one) => *one = saved,
                None => self.saved.push(saved),
            }
        }
        Ok(())
    }
}

impl Store {
    /// Puts these words in the place of those that are here. What is kept beside them (folders, the log)
    /// stays, as far as its repository is known.
    fn replace_words(&mut self, second: &Self) -> Result<(), StoreError> {
        let run = || {
            self.conn.pragma_update(None, "foreign_keys", false)?;
            words::clear(&self.conn)?;
            words::copy(&second.conn, &self.conn)?;
            super::drop_orphans(&self.conn)?;
            self.conn.pragma_update(None, "foreign_keys", true)
        };
        run().doing(&self.shown, "rescuing your own words")?;
        self.key = second.key.clone();
        Ok(())
    }

    /// Imports that stand in the list and brought nothing that is here: they are told, not kept.
    fn drop_imports(&mut self) -> Result<(), StoreError> {
        self.write("listing imports", |conn| {
            conn.execute("DELETE FROM imports", []).map(drop)
        })
    }
}
