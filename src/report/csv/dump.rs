//! The rows of a dump as CSV: the same rows and fields as its JSON Lines.

use std::borrow::Cow;
use std::io::Write;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::{CsvError, guarded};
use crate::model::text::{is_hidden, is_shown};

/// A table on its way into `W`.
pub struct DumpTable<W: Write> {
    writer: ::csv::Writer<W>,
    columns: Vec<String>,
}

impl<W: Write> std::fmt::Debug for DumpTable<W> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "DumpTable({:?})", self.columns)
    }
}

/// The first record of a table: what a reader of it expects there.
pub fn dump_header(columns: &[&str]) -> ::csv::StringRecord {
    ::csv::StringRecord::from(columns)
}

impl<W: Write> DumpTable<W> {
    /// Begins with the names of the columns.
    pub fn new(to: W, columns: &[&str]) -> Result<Self, CsvError> {
        let mut writer = ::csv::WriterBuilder::new()
            // A list separator of another country must not begin a new cell either.
            .quote_style(::csv::QuoteStyle::NonNumeric)
            .from_writer(to);
        writer.write_record(&dump_header(columns))?;
        let columns = columns.iter().map(|&name| name.to_owned()).collect();
        Ok(Self { writer, columns })
    }

    /// Writes a row, given as a JSON object with exactly the columns' fields in their order.
    pub fn row(&mut self, line: &[u8]) -> Result<(), CsvError> {
        let parsed = serde_json::from_slice(line).map_err(std::io::Error::from);
        let Fields(fields) = parsed.map_err(::csv::Error::from)?;
        let names = fields.iter().map(|(name, _)| name);
        if !names.eq(&self.columns) {
            let what = format!("a row with other fields than {:?}", self.columns);
            return Err(::csv::Error::from(std::io::Error::other(what)).into());
        }
        let cells = fields.iter().map(|(_, value)| cell(value));
        Ok(self.writer.write_record(cells)?)
    }

    /// What it was written into, all of it handed on.
    pub fn finish(self) -> Result<W, CsvError> {
        self.writer
            .into_inner()
            .map_err(|error| ::csv::Error::from(error.into_error()).into())
    }
}

/// A number stays one, absent is empty, a list is JSON; text is guarded.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => guarded(&shown(text)),
        other => shown(&other.to_string()).into_owned(),
    }
}

/// The text with a mark for each character that acts on a terminal or hides, which only an exact path
/// can hold.
fn shown(text: &str) -> Cow<'_, str> {
    if is_shown(text) {
        return Cow::Borrowed(text);
    }
    let hidden = |c: char| c != '\n' && is_hidden(c);
    Cow::Owned(text.replace(hidden, "\u{fffd}"))
}

/// The fields of a JSON object in the order in which they stand there.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;
            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[&str], lines: &[&str]) -> Result<String, CsvError> {
        let mut table = DumpTable::new(Vec::new(), columns)?;
        for line in lines {
            table.row(line.as_bytes())?;
        }
        Ok(String::from_utf8(table.finish()?).unwrap())
    }

    #[test]
    fn numbers_stay_numbers_lists_are_json_and_text_is_guarded() {
        let line = r#"{"n":-3,"text":"=HYPERLINK(\"x\")","list":["a;b",1],"none":null,"yes":true}"#;
        let written = table(&["n", "text", "list", "none", "yes"], &[line]).unwrap();
        let second = written.lines().nth(1).unwrap();
        assert_eq!(second, r#"-3,"'=HYPERLINK(""x"")","[""a;b"",1]","","true""#);
    }

    #[test]
    fn a_table_without_rows_has_its_head() {
        assert_eq!(table(&["oid", "n"], &[]).unwrap(), "\"oid\",\"n\"\n");
    }

    #[test]
    fn a_row_with_other_fields_or_another_order_is_refused() {
        for line in [r#"{"b":1,"a":2}"#, r#"{"a":1}"#, r#"{"a":1,"b":2,"c":3}"#] {
            assert!(table(&["a", "b"], &[line]).is_err(), "{line}");
        }
    }
}
