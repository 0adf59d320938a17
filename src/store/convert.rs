//! Conversions at the border: how ids, times and text of the model stand in SQLite.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::model::commit::Category;
use crate::model::identity::Address;
use crate::model::ids::{CommitId, LanguageId, Oid, RepoId};
use crate::model::text::{Clean, RawPath};

impl ToSql for Oid {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Oid {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_bytes(value.as_blob()?).ok_or(FromSqlError::InvalidType)
    }
}

macro_rules! number {
    ($id:ident) => {
        impl ToSql for $id {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(i64::from(self.0).into())
            }
        }
        impl FromSql for $id {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                FromSql::column_result(value).map(Self)
            }
        }
    };
}
number!(RepoId);
number!(CommitId);
number!(LanguageId);

impl ToSql for Category {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(*self as u8).into())
    }
}

impl FromSql for Category {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = u8::column_result(value)?;
        Self::from_number(number).ok_or(FromSqlError::OutOfRange(i64::from(number)))
    }
}

impl ToSql for Clean {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.as_str().to_sql()
    }
}

/// Cleaned again on the way out: a planted file must not reach the screen either.
impl FromSql for Clean {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_bytes().map(Self::label)
    }
}

impl ToSql for Address {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.as_str().to_sql()
    }
}

impl FromSql for Address {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::stored(value.as_bytes()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for RawPath {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.as_bytes())))
    }
}

impl FromSql for RawPath {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_blob().map(Self::new)
    }
}

/// Object ids one after another, 20 bytes each.
pub(super) fn join(oids: &[Oid]) -> Vec<u8> {
    oids.iter().flat_map(|oid| oid.0).collect()
}

/// The object ids in `bytes`; what is left over at the end is dropped.
pub(super) fn split(bytes: &[u8]) -> Vec<Oid> {
    bytes.chunks_exact(20).filter_map(Oid::from_bytes).collect()
}

/// Pairs of object ids one after another.
pub(super) fn join_pairs(pairs: &[(Oid, Oid)]) -> Vec<u8> {
    pairs
        .iter()
        .flat_map(|(a, b)| [a.0, b.0])
        .flatten()
        .collect()
}

/// The pairs in `bytes`; what is left over at the end is dropped.
pub(super) fn split_pairs(bytes: &[u8]) -> Vec<(Oid, Oid)> {
    let oids = split(bytes);
    oids.chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect()
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
