//! The tables of the file as they are, column by column: what a dump carries for `inward restore`,
//! whatever the layout of the day is.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

use super::convert::hex;
use super::error::unfit;
use crate::model::text::{Clean, is_shown};

/// What a column holds; tables are STRICT, so that it holds nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Real,
    Text,
    Blob,
}

/// One column of a table.
#[derive(Debug)]
struct Column {
    name: String,
    kind: Kind,
}

/// One table of the file.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) name: String,
    columns: Vec<Column>,
    /// The columns of its primary key, in their order.
    key: Vec<String>,
}

/// Every table of the file, by name. What has no table here is not carried: there is no list to
/// forget one in.
pub(super) fn tables(conn: &Connection) -> rusqlite::Result<Vec<Raw>> {
    let mut query = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY name",
    )?;
    let names = query.query_map([], |row| row.get::<_, String>(0))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    names.into_iter().map(|name| table(conn, name)).collect()
}

/// The table of this name, if the file has it.
pub(super) fn one(conn: &Connection, name: &str) -> rusqlite::Result<Option<Raw>> {
    let table = table(conn, name.to_owned())?;
    Ok((!table.columns.is_empty()).then_some(table))
}

fn table(conn: &Connection, name: String) -> rusqlite::Result<Raw> {
    let mut query =
        conn.prepare_cached("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid")?;
    let mut rows = query.query([&name])?;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let kind = match row.get_ref(1)?.as_str()? {
            "INTEGER" => Kind::Integer,
            "REAL" => Kind::Real,
            "TEXT" => Kind::Text,
            "BLOB" => Kind::Blob,
            other => return Err(unfit(format!("a column of type {other} in {name}"))),
        };
        let column = row.get::<_, String>(0)?;
        let place: usize = row.get(2)?;
        if place > 0 {
            key.push((place, column.clone()));
        }
        columns.push(Column { name: column, kind });
    }
    key.sort_unstable();
    let key = key.into_iter().map(|(_, column)| column).collect();
    Ok(Raw { name, columns, key })
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}

impl Raw {
    /// The names of its columns, in their order.
    pub(super) fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(|one| one.name.as_str()).collect()
    }

    /// The columns of its primary key, as SQL lists them.
    pub(super) fn key(&self) -> String {
        quoted(self.key.iter().map(String::as_str))
    }

    /// Reads every row by the primary key. The names are the schema's, which was checked.
    pub(super) fn select(&self) -> String {
        let columns = quoted(self.columns.iter().map(|one| one.name.as_str()));
        let key = quoted(self.key.iter().map(String::as_str));
        format!("SELECT {columns} FROM \"{}\" ORDER BY {key}", self.name)
    }

    /// [`Raw::select`] from the other end.
    pub(super) fn select_backwards(&self) -> String {
        let columns = quoted(self.columns.iter().map(|one| one.name.as_str()));
        let key: Vec<String> = self
            .key
            .iter()
            .map(|name| format!("\"{name}\" DESC"))
            .collect();
        format!(
            "SELECT {columns} FROM \"{}\" ORDER BY {}",
            self.name,
            key.join(", ")
        )
    }

    /// Writes one row, its values by number.
    pub(super) fn insert(&self) -> String {
        let columns = quoted(self.columns.iter().map(|one| one.name.as_str()));
        let values: Vec<String> = (1..=self.columns.len()).map(|n| format!("?{n}")).collect();
        let values = values.join(", ");
        format!(
            "INSERT INTO \"{}\" ({columns}) VALUES ({values})",
            self.name
        )
    }

    /// The values of a row written as JSON by [`value`]; why they cannot be ones of this table.
    pub(super) fn values(&self, row: &[Value]) -> Result<Vec<rusqlite::types::Value>, String> {
        if row.len() != self.columns.len() {
            let wanted = self.columns.len();
            return Err(format!("{} values where {wanted} belong", row.len()));
        }
        let columns = self.columns.iter();
        columns
            .zip(row)
            .map(|(column, value)| {
                stored(column.kind, value).ok_or_else(|| format!("no value for {}", column.name))
            })
            .collect()
    }
}

/// A stored value as JSON: bytes in hexadecimal, a fraction as text, so that every bit comes back.
pub(super) fn value(stored: ValueRef<'_>) -> Value {
    match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.to_string().into(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned().into(),
        ValueRef::Blob(bytes) => hex(bytes).into(),
    }
}

/// Adds a value to a hash, so that no two lists of values give the same bytes.
pub(super) fn feed(hash: &mut blake3::Hasher, stored: ValueRef<'_>) {
    let (kind, number): (u8, [u8; 8]) = match stored {
        ValueRef::Null => (0, [0; 8]),
        ValueRef::Integer(number) => (1, number.to_le_bytes()),
        ValueRef::Real(number) => (2, number.to_le_bytes()),
        ValueRef::Text(bytes) => (3, (bytes.len() as u64).to_le_bytes()),
        ValueRef::Blob(bytes) => (4, (bytes.len() as u64).to_le_bytes()),
    };
    hash.update(&[kind]);
    hash.update(&number);
    if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = stored {
        hash.update(bytes);
    }
}

fn stored(kind: Kind, value: &Value) -> Option<rusqlite::types::Value> {
    use rusqlite::types::Value as Stored;
    match (kind, value) {
        (_, Value::Null) => Some(Stored::Null),
        (Kind::Integer, Value::Number(number)) => number.as_i64().map(Stored::Integer),
        (Kind::Real, Value::String(text)) => {
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            number.map(Stored::Real)
        }
        // Outside text: what acts on a terminal or hides does not get in, whatever a dump says.
        (Kind::Text, Value::String(text)) if is_shown(text) => Some(Stored::Text(text.clone())),
        (Kind::Text, Value::String(text)) => Some(Stored::Text(Clean::note(text).to_string())),
        (Kind::Blob, Value::String(text)) => bytes(text).map(Stored::Blob),
        _ => None,
    }
}

/// What [`hex`] wrote.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let pairs = pairs.iter();
    let all = pairs.map(|[high, low]| Some(digit(high)? << 4 | digit(low)?));
    all.collect::<Option<_>>()
        .filter(|_: &Vec<u8>| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(kind: Kind, stored_as: &rusqlite::types::Value) -> Option<rusqlite::types::Value> {
        let json = value(ValueRef::from(stored_as)).to_string();
        stored(kind, &serde_json::from_str(&json).unwrap())
    }

    proptest! {
        #[test]
        fn every_value_comes_back_bit_by_bit(
            number: i64, real in any::<f64>().prop_filter("stored", |x| x.is_finite()),
            blob: Vec<u8>, text in "\\PC{0,40}",
        ) {
            use rusqlite::types::Value as Stored;
            let clean = Clean::note(&text).to_string();
            for (kind, one) in [
                (Kind::Integer, Stored::Integer(number)), (Kind::Real, Stored::Real(real)),
                (Kind::Blob, Stored::Blob(blob.clone())), (Kind::Text, Stored::Text(clean)),
                (Kind::Text, Stored::Null),
            ] {
                prop_assert_eq!(back(kind, &one), Some(one));
            }
        }
    }

    #[test]
    fn what_no_store_writes_is_no_value() {
        for (kind, json) in [
            (Kind::Integer, "1.5"),
            (Kind::Integer, "\"1\""),
            (Kind::Integer, "9223372036854775808"),
            (Kind::Real, "1.5"),
            (Kind::Real, "\"inf\""),
            (Kind::Text, "3"),
            (Kind::Text, "[]"),
            (Kind::Blob, "\"abc\""),
            (Kind::Blob, "\"AB\""),
            (Kind::Blob, "\"zz\""),
        ] {
            let json = serde_json::from_str(json).unwrap();
            assert_eq!(stored(kind, &json), None, "{kind:?} {json}");
        }
    }

    #[test]
    fn text_that_acts_on_a_terminal_is_cleaned_at_the_door() {
        let json = serde_json::json!("a\u{1b}[31mb\u{202e}c");
        let text = rusqlite::types::Value::Text("abc".to_owned());
        assert_eq!(stored(Kind::Text, &json), Some(text));
    }
}
