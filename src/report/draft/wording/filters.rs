//! What templates can call beside the engine's own filters.

use std::fmt::Write as _;

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, Value};

use super::error::NOTHING_GIVEN;
use super::page;
use crate::report::words;

/// One filter: how it is called, and what comes out.
pub(super) type FilterDoc = (&'static str, &'static str);

/// The filters, for the manual.
pub(super) const FILTERS: [FilterDoc; 9] = [
    (
        "`3 \\| counted(\"commit\")`",
        "`3 commits`; a word with another plural: `counted(\"story\", \"stories\")`",
    ),
    ("`n \\| number`", "a whole number with thousands: `1,204`"),
    (
        "`list \\| and_list`",
        "`a, b and c`; `and_list(2)` cuts a long one: `a, b and 5 more`",
    ),
    (
        "`list \\| cut(8)`",
        "the first 8 entries; all of them when only one more is there",
    ),
    (
        "`list \\| of(name)`",
        "the entries whose `project` is `name`",
    ),
    ("`list \\| shown`", "the entries whose `shown` is true"),
    (
        "`text \\| first_upper`, `first_lower`",
        "the first letter changed, the rest kept",
    ),
    (
        "`thing \\| evidence`",
        "` (ING-7, #12, a1f3c9e0b2)` with the space in front: key, pull requests and up to three commits; nothing when `ids` is false. `evidence(key=false)` leaves the key out, `evidence(commits=0)` the commits",
    ),
    (
        "`text \\| safe`",
        "the text as it is: Markdown in it counts",
    ),
];

/// Adds the filters; `ids` says whether evidence is written.
pub(super) fn add(engine: &mut Environment<'_>, ids: bool) {
    engine.add_filter("counted", counted);
    engine.add_filter("number", words::count);
    engine.add_filter("and_list", and_list);
    engine.add_filter("cut", cut);
    engine.add_filter("of", of);
    engine.add_filter("shown", shown);
    engine.add_filter("first_upper", |text: &Value| {
        first(text, char::to_uppercase)
    });
    engine.add_filter("first_lower", |text: &Value| {
        first(text, char::to_lowercase)
    });
    engine.add_filter("evidence", move |thing: Value, how: Kwargs| {
        evidence(&thing, &how, ids)
    });
}

/// The value; a misspelt name is an error here too.
fn known(value: &Value) -> Result<&Value, Error> {
    if value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, NOTHING_GIVEN));
    }
    Ok(value)
}

fn counted(n: u64, one: &str, many: Option<&str>) -> String {
    let many = many.map_or_else(|| format!("{one}s"), str::to_owned);
    words::counted(n, one, &many)
}

fn and_list(all: &Value, cut_at: Option<usize>) -> Result<String, Error> {
    let all: Vec<String> = known(all)?.try_iter()?.map(|one| one.to_string()).collect();
    let cut_at = cut_at.unwrap_or(all.len());
    let cut = kept(all.len(), cut_at);
    let (first, left) = all.split_at(cut);
    let mut parts = first.to_vec();
    if !left.is_empty() {
        parts.push(format!("{} more", words::count(left.len() as u64)));
    }
    Ok(match parts.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, before)) => format!("{} and {end}", before.join(", ")),
        None => String::new(),
    })
}

fn cut(list: &Value, most: usize) -> Result<Vec<Value>, Error> {
    let all: Vec<Value> = known(list)?.try_iter()?.collect();
    let kept = kept(all.len(), most);
    Ok(all.into_iter().take(kept).collect())
}

/// How many of `n` are written where `most` are to be: one more is shorter than saying so.
fn kept(n: usize, most: usize) -> usize {
    if n <= most + 1 { n } else { most }
}

fn of(list: &Value, project: &Value) -> Result<Vec<Value>, Error> {
    let mut out = Vec::new();
    for one in known(list)?.try_iter()? {
        if one.get_attr("project")? == *project {
            out.push(one);
        }
    }
    Ok(out)
}

fn shown(list: &Value) -> Result<Vec<Value>, Error> {
    let mut out = Vec::new();
    for one in known(list)?.try_iter()? {
        let shown = one.get_attr("shown")?;
        if shown.is_undefined() {
            let what = "its entries have no `shown`";
            return Err(Error::new(ErrorKind::InvalidOperation, what));
        }
        if shown.is_true() {
            out.push(one);
        }
    }
    Ok(out)
}

/// The text with its first letter changed; what a macro wrote stays what a macro wrote.
fn first<I: Iterator<Item = char>>(
    text: &Value,
    change: impl Fn(char) -> I,
) -> Result<Value, Error> {
    let written = known(text)?.to_string();
    let mut out = String::with_capacity(written.len());
    let mut rest = written.chars();
    for c in rest.by_ref() {
        if page::is_mark(c) {
            out.push(c);
            continue;
        }
        out.extend(change(c));
        break;
    }
    out.push_str(rest.as_str());
    if text.is_safe() {
        return Ok(Value::from_safe_string(out));
    }
    Ok(Value::from(out))
}

/// The ids that hold a claim, in parentheses; a list of ids is taken as commits.
fn evidence(thing: &Value, how: &Kwargs, ids: bool) -> Result<String, Error> {
    let key: Option<bool> = how.get("key")?;
    let most: Option<usize> = how.get("commits")?;
    how.assert_all_used()?;
    known(thing)?;
    if !ids {
        return Ok(String::new());
    }
    let mut names = Vec::new();
    if key.unwrap_or(true) {
        names.extend(own_name(thing)?);
    }
    for request in list_of(thing, "requests")? {
        names.push(request.get_attr("key")?.to_string());
    }
    let mut commits = list_of(thing, "commits")?;
    if commits.is_empty() {
        commits = list_of(thing, "ids")?;
    }
    let most = most.unwrap_or(3);
    let cut = if most == 0 {
        0
    } else {
        kept(commits.len(), most)
    };
    names.extend(commits.iter().take(cut).map(ToString::to_string));
    let mut text = names.join(", ");
    if most > 0 && commits.len() > cut {
        let more = words::count((commits.len() - cut) as u64);
        let _ = write!(text, " and {more} more");
    }
    if text.is_empty() {
        return Ok(text);
    }
    Ok(format!(" ({text})"))
}

/// What people call it: its key, else its id.
fn own_name(thing: &Value) -> Result<Option<String>, Error> {
    for field in ["key", "id"] {
        let name = thing.get_attr(field)?;
        // A key that is the title again is no evidence beside it.
        let is_title = || thing.get_attr("title").is_ok_and(|title| title == name);
        if let Some(text) = name.as_str().filter(|text| !text.is_empty())
            && !is_title()
        {
            return Ok(Some(text.to_owned()));
        }
    }
    Ok(None)
}

/// The list in a field; empty where there is none.
fn list_of(thing: &Value, field: &str) -> Result<Vec<Value>, Error> {
    let list = thing.get_attr(field)?;
    if list.is_undefined() || list.is_none() || list.is_number() {
        return Ok(Vec::new());
    }
    Ok(list.try_iter()?.collect())
}
