//! Goals, and what they are made of.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::super::notes::next;
use super::super::subjects::{self, Alias};
use super::Merge;
use super::words::{Said, said};

/// One row of `goals`, without its number and where it stands.
type Aim = (String, Option<String>, Option<u64>, Option<u8>, i32);

/// Where a goal stands: a greater one was said later.
type Stands = (Option<i32>, u8);

impl Merge<'_> {
    /// Goals of the same words or limit, set on the same day, are one; where one side has it closed, it
    /// is, the later day first.
    pub(super) fn goals(&self, notes: &HashMap<i64, i64>) -> rusqlite::Result<()> {
        let mut known: HashMap<Aim, Vec<(Stands, i64)>> = HashMap::new();
        for (aim, stands, id) in aims(self.to)? {
            known.entry(aim).or_default().push((stands, id));
        }
        let mut told: HashMap<Aim, Vec<(Stands, i64)>> = HashMap::new();
        let mut order = Vec::new();
        let alike = self.alike_notes()?;
        self.once(&alike)?;
        for (aim, stands, id) in aims(self.from)? {
            if !told.contains_key(&aim) {
                order.push(aim.clone());
            }
            told.entry(aim).or_default().push((stands, id));
        }
        for aim in order {
            let mut ours = known.remove(&aim).unwrap_or_default();
            let mut theirs = told.remove(&aim).unwrap_or_default();
            for list in [&mut ours, &mut theirs] {
                list.sort_unstable_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
            }
            let mut here: Vec<i64> = ours.iter().map(|one| one.1).collect();
            for (nth, (stands, _)) in theirs.iter().enumerate() {
                match ours.get(nth) {
                    Some((known, goal)) if stands > known => {
                        self.to.execute(
                            "UPDATE goals SET closed = ?2, state = ?3 WHERE id = ?1",
                            params![goal, stands.0, state(*stands)],
                        )?;
                    }
                    Some(_) => {}
                    None => here.push(self.add_goal(&aim, *stands)?),
                }
            }
            let theirs: Vec<i64> = theirs.iter().map(|one| one.1).collect();
            self.goal_links((&theirs, &here), (notes, &alike))?;
        }
        Ok(())
    }

    fn add_goal(
        &self,
        (text, metric, most, per, opened): &Aim,
        stands: Stands,
    ) -> rusqlite::Result<i64> {
        let id = next(self.to, "goals", "goal-add")?;
        self.to.execute(
            "INSERT INTO goals (id, text, metric, most, per, state, opened, closed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                id,
                text,
                metric,
                most.map(f64::from_bits),
                per,
                state(stands),
                opened,
                stands.0
            ],
        )?;
        Ok(self.to.last_insert_rowid())
    }

    /// Links of goals that are one: each stands as often as on the side that has it more often.
    fn goal_links(
        &self,
        (theirs, ours): (&[i64], &[i64]),
        (notes, alike): (&HashMap<i64, i64>, &HashMap<i64, i64>),
    ) -> rusqlite::Result<()> {
        let class = |note: Option<i64>| note.map(|note| alike.get(&note).copied().unwrap_or(note));
        let mut known: Vec<Link> = Vec::new();
        for goal in ours {
            for (_, task, note) in linked(self.to, *goal)? {
                let (at, note) = (*goal, class(note));
                self.count(&mut known, (task, note, None), |link| link.held.push(at))?;
            }
        }
        for goal in theirs {
            for (_, task, note) in linked(self.from, *goal)? {
                let task = self.names.all(&task.concat());
                let note = note.and_then(|note| notes.get(&note).copied());
                if !task.is_empty() || note.is_some() {
                    let of = (task, class(note), note);
                    let at = *goal;
                    self.count(&mut known, of, |link| link.wanted.push(at))?;
                }
            }
        }
        for mut link in known {
            link.wanted.dedup();
            let missing = link.wanted.len().saturating_sub(link.held.len());
            let free = ours.iter().filter(|goal| !link.held.contains(goal));
            let bytes = (!link.task.is_empty()).then(|| link.task.concat());
            for goal in free.take(missing) {
                self.to.execute(
                    "INSERT INTO goal_links (goal, task, note) VALUES (?1, ?2, ?3)",
                    params![goal, bytes, link.note],
                )?;
            }
        }
        Ok(())
    }

    /// Leaves one of several links of a goal that lead to one task by now, or to notes that say the same.
    fn once(&self, alike: &HashMap<i64, i64>) -> rusqlite::Result<()> {
        for (_, _, goal) in aims(self.to)? {
            let mut known: Vec<(Vec<Alias>, Option<i64>)> = Vec::new();
            for (id, task, note) in linked(self.to, goal)? {
                let note = note.map(|note| alike.get(&note).copied().unwrap_or(note));
                let mut again = false;
                for (about, of) in &known {
                    again |= *of == note && self.is_one(about, &task)?;
                }
                if again {
                    self.to
                        .execute("DELETE FROM goal_links WHERE id = ?1", [id])?;
                } else {
                    known.push((task, note));
                }
            }
        }
        Ok(())
    }

    /// Finds a link among others, or adds it, and counts it.
    fn count(
        &self,
        known: &mut Vec<Link>,
        (task, class, note): (Vec<Alias>, Option<i64>, Option<i64>),
        count: impl FnOnce(&mut Link),
    ) -> rusqlite::Result<()> {
        for link in known.iter_mut() {
            if link.class == class && self.is_one(&link.task, &task)? {
                link.note = link.note.or(note);
                count(link);
                return Ok(());
            }
        }
        let mut link = Link {
            task,
            class,
            note,
            held: Vec::new(),
            wanted: Vec::new(),
        };
        count(&mut link);
        known.push(link);
        Ok(())
    }

    /// Of notes that say the same about the same, the first one.
    fn alike_notes(&self) -> rusqlite::Result<HashMap<i64, i64>> {
        let mut firsts: HashMap<Said, Vec<(i64, Vec<Alias>)>> = HashMap::new();
        let mut all = HashMap::new();
        for (id, said, task) in said(self.to, Some)? {
            let known = firsts.entry(said).or_default();
            let mut first = id;
            for (other, about) in known.iter() {
                if self.is_one(about, &task)? {
                    first = *other;
                    break;
                }
            }
            if first == id {
                known.push((id, task));
            }
            all.insert(id, first);
        }
        Ok(all)
    }
}

fn aims(conn: &Connection) -> rusqlite::Result<Vec<(Aim, Stands, i64)>> {
    let mut query = conn.prepare(
        "SELECT id, text, metric, most, per, opened, closed, state FROM goals ORDER BY id",
    )?;
    let rows = query.query_map([], |row| {
        let most: Option<f64> = row.get(3)?;
        let aim = (
            row.get(1)?,
            row.get(2)?,
            most.map(f64::to_bits),
            row.get(4)?,
            row.get(5)?,
        );
        // Done before dropped, where both were said on one day.
        let state: u8 = row.get(7)?;
        let rank = [0, 2, 1].get(usize::from(state)).copied().unwrap_or(0);
        Ok((aim, (row.get(6)?, rank), row.get(0)?))
    })?;
    rows.collect()
}

/// The stored number of where a goal stands.
fn state((_, rank): Stands) -> u8 {
    [0, 2, 1].get(usize::from(rank)).copied().unwrap_or(0)
}

/// What goals that are one are made of.
struct Link {
    task: Vec<Alias>,
    /// Which of the notes that say the same, the first.
    class: Option<i64>,
    /// The note itself.
    note: Option<i64>,
    /// The goals here that have it.
    held: Vec<i64>,
    /// The goals of the other store that have it.
    wanted: Vec<i64>,
}

/// A row of `goal_links`: its number, names of the task, note.
type Linked = (i64, Vec<Alias>, Option<i64>);

/// The links of a goal.
fn linked(conn: &Connection, goal: i64) -> rusqlite::Result<Vec<Linked>> {
    let mut query =
        conn.prepare_cached("SELECT id, task, note FROM goal_links WHERE goal = ?1 ORDER BY id")?;
    let rows = query.query_map([goal], |row| {
        let task = row.get_ref(1)?.as_blob_or_null()?.unwrap_or_default();
        Ok((row.get(0)?, subjects::aliases(task).to_vec(), row.get(2)?))
    })?;
    rows.collect()
}
