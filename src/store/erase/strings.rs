//! Every text of the store that could tell something, read by the schema itself: a table or column
//! added later is read without a line more, or a test asks for it.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::store::raw;

/// What a column of bytes holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bytes {
    /// Object ids of 20 bytes, one after another.
    Oids,
    /// A path or another text.
    Text,
    /// Keyed hashes, numbers, answers: nothing that can be read.
    Mute,
}

/// Every column of bytes in the schema; a test asks for those that are missing.
const BYTES: &[(&str, &str, Bytes)] = &[
    ("aliases", "hash", Bytes::Mute),
    ("audit", "mac", Bytes::Mute),
    ("audit", "prev", Bytes::Mute),
    ("blocks", "data", Bytes::Mute),
    ("blocks", "sum", Bytes::Mute),
    ("commits", "oid", Bytes::Oids),
    ("commits", "reverts", Bytes::Oids),
    ("commits", "squashed_by", Bytes::Oids),
    // Object ids or keyed hashes: the former are those of stored commits.
    ("exclusions", "key", Bytes::Mute),
    ("exclusions", "part", Bytes::Mute),
    ("frontiers", "default_tips", Bytes::Oids),
    ("frontiers", "pending", Bytes::Oids),
    ("frontiers", "question", Bytes::Mute),
    ("frontiers", "stamp", Bytes::Mute),
    ("frontiers", "tips", Bytes::Oids),
    ("goal_links", "task", Bytes::Mute),
    ("imports", "digest", Bytes::Mute),
    ("line_fates", "deaths", Bytes::Mute),
    ("line_passes", "basis", Bytes::Oids),
    ("line_passes", "question", Bytes::Mute),
    ("link_choices", "alias", Bytes::Mute),
    ("link_choices", "oid", Bytes::Oids),
    ("meta", "value", Bytes::Text),
    ("notes", "calendar", Bytes::Mute),
    ("notes", "task", Bytes::Mute),
    ("notes", "uid", Bytes::Mute),
    ("observations", "aliases", Bytes::Mute),
    ("observations", "hash", Bytes::Mute),
    ("pairings", "oid", Bytes::Oids),
    ("paths", "bytes", Bytes::Text),
    ("places", "common_dir", Bytes::Text),
    ("places", "path", Bytes::Text),
    ("remotes", "hash", Bytes::Mute),
    ("repositories", "key", Bytes::Mute),
    ("repositories", "roots", Bytes::Oids),
    ("reviews", "commits", Bytes::Oids),
    ("reviews", "times", Bytes::Mute),
    ("shares", "hash", Bytes::Mute),
    ("squashes", "oid", Bytes::Oids),
    ("subjects", "sum", Bytes::Mute),
    ("swallowed", "squash", Bytes::Oids),
    ("tombstones", "hash", Bytes::Mute),
];

/// Bytes of an object id.
const OID: usize = 20;

/// Every text and object id, with the table it stands in.
pub(super) fn of(conn: &Connection) -> rusqlite::Result<Vec<(String, Vec<Vec<u8>>)>> {
    let mut out = Vec::new();
    for table in raw::tables(conn)? {
        let mut texts = Vec::new();
        let mut query = conn.prepare(&table.select())?;
        let columns: Vec<Bytes> = table
            .columns()
            .iter()
            .map(|column| bytes_of(&table.name, column))
            .collect();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            for (at, holds) in columns.iter().enumerate() {
                match row.get_ref(at)? {
                    ValueRef::Text(text) => leaves(text, &mut texts),
                    ValueRef::Blob(bytes) => take(bytes, *holds, &mut texts),
                    _ => {}
                }
            }
        }
        out.push((table.name, texts));
    }
    // A project may be called like a table: that word stands in the file for good.
    let mut query = conn.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    let sql: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    out.push((
        SCHEMA.to_owned(),
        sql.into_iter().map(String::into_bytes).collect(),
    ));
    Ok(out)
}

/// The name under which [`of`] gives the words of the schema itself.
pub(super) const SCHEMA: &str = "schema";

fn bytes_of(table: &str, column: &str) -> Bytes {
    let known = BYTES
        .iter()
        .find(|(of, name, _)| (*of, *name) == (table, column));
    // What is not listed is taken for a text: too much is looked for rather than too little.
    known.map_or(Bytes::Text, |(_, _, holds)| *holds)
}

fn take(bytes: &[u8], holds: Bytes, texts: &mut Vec<Vec<u8>>) {
    match holds {
        Bytes::Oids => texts.extend(bytes.chunks_exact(OID).map(<[u8]>::to_vec)),
        Bytes::Text => texts.push(bytes.to_vec()),
        Bytes::Mute => {}
    }
}

/// A text, or the texts in it where it is JSON: what an export said stands there in pieces.
fn leaves(text: &[u8], texts: &mut Vec<Vec<u8>>) {
    let is_json = text.starts_with(b"{") || text.starts_with(b"[");
    match serde_json::from_slice::<Value>(text) {
        Ok(value) if is_json => walk(&value, texts),
        // What is damaged has to be erasable too.
        _ => texts.push(text.to_vec()),
    }
}

fn walk(value: &Value, texts: &mut Vec<Vec<u8>>) {
    match value {
        Value::String(text) => texts.push(text.clone().into_bytes()),
        Value::Array(list) => list.iter().for_each(|one| walk(one, texts)),
        Value::Object(fields) => fields.values().for_each(|one| walk(one, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn what_every_column_of_bytes_holds_is_said() {
        let store = Store::memory(1_790_000_000).unwrap();
        let mut query = store
            .conn
            .prepare(
                "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
                 WHERE t.type = 'table' AND c.type = 'BLOB' ORDER BY 1, 2",
            )
            .unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        let found: Vec<(String, String)> = rows.unwrap().map(Result::unwrap).collect();
        let listed = BYTES.iter();
        let listed: Vec<(String, String)> = listed
            .map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned()))
            .collect();
        assert_eq!(found, listed);
    }

    #[test]
    fn json_gives_its_texts_and_words_that_look_like_it_stay_whole() {
        let mut texts = Vec::new();
        leaves(br#"{"a":["one",{"b":"two"}],"n":3}"#, &mut texts);
        leaves(b"[draft] parser", &mut texts);
        assert_eq!(texts, [&b"one"[..], b"two", b"[draft] parser"]);
    }
}
