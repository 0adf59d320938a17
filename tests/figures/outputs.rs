//! JSON and CSV as scripts see them.

use inward::metrics::METRICS;
use inward::model::away::EventKind;
use inward::model::choice::{Fact, Marks, Out};
use inward::model::commit::Lines;
use inward::model::dataset::{Dataset, flag};
use inward::model::figure::Figure;
use inward::model::moment::Moment;
use inward::model::note::{About, Note};
use inward::model::period::Range;
use inward::model::selection::{By, Selection};
use inward::model::stage::Stage;
use inward::model::task::{Entry, LooseEntry, TaskKind, When};
use inward::model::text::Clean;
use inward::model::timeline::Point;
use inward::report::csv::{figures_csv, guarded, log_csv};
use inward::report::json::{Document, Number, ascii};
use inward::report::log::{self, DayRow, EntryRow, LogRow, NoteRow, ReviewRow, Row, TaskRow, What};
use inward::report::names::Names;
use inward::report::schema::{DOCUMENTS, DocumentDoc};
use serde_json::Value;

use super::generate::{dataset, oid, rows};
use super::{WEEK, calendar, labels, range, select};

fn full() -> Dataset {
    dataset(rows(7, 900, 300, 4), 4)
}

fn everything(data: &Dataset) -> Vec<Figure> {
    let compute = |by: By| {
        let selection = select(range("26w"), by);
        METRICS
            .iter()
            .map(move |m| m.compute(data, &selection, &calendar()))
    };
    [WEEK, By::Repo, By::Language, By::Category]
        .into_iter()
        .flat_map(compute)
        .collect()
}

fn stats(data: &Dataset) -> String {
    let labels = labels();
    ascii(&Document::new(&everything(data), Names::new(data, &labels))).unwrap()
}

/// The field names of an object as they stand in the text: `serde_json` keeps them sorted.
fn order(text: &str, fields: &[(&str, &str, &str)]) {
    let mut from = 0;
    for (name, _, _) in fields {
        let key = format!("\"{name}\":");
        let at = text[from..].find(&key);
        from += at.unwrap_or_else(|| panic!("{name} is missing or out of place")) + key.len();
    }
}

fn conforms(document: &DocumentDoc, text: &str) {
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(value["schema"], document.schema);
    for object in document.objects {
        let (place, kind) = object.place.split_once(" of kind ").unzip();
        let mut found = vec![&value];
        let place = place.unwrap_or(object.place);
        for step in place.split('.').filter(|step| !step.is_empty()) {
            let name = step.trim_end_matches("[]");
            found = found
                .iter()
                .flat_map(|value| value[name].as_array().unwrap())
                .collect();
        }
        found.retain(|value| kind.is_none_or(|kind| value["kind"] == kind));
        assert!(!found.is_empty(), "{}", object.place);
        let mut names: Vec<&str> = object.fields.iter().map(|field| field.0).collect();
        names.sort_unstable();
        for value in found {
            let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
            assert_eq!(keys, names, "{}", object.place);
        }
        // Of a list of several kinds, from the first of this one on.
        let from = kind.and_then(|kind| text.find(&format!("{{\"kind\":\"{kind}\"")));
        order(&text[from.unwrap_or(0)..], object.fields);
    }
}

pub(crate) fn log_rows() -> Vec<Row> {
    let row = LogRow {
        day_only: false,
        time: Moment::new(1_771_237_800, 13 * 60),
        dated: true,
        oid: oid(1),
        repo: Clean::label(b"=cmd()"),
        summary: Clean::label("Größe, \"quoted\" \u{1f980}".as_bytes()),
        files: 1,
        lines: Some(Lines {
            added: 1_204,
            deleted: 3,
        }),
        flags: flag::ASSISTED,
        tasks: vec![Clean::label(b"ING-7")],
        out: None,
    };
    let merge = LogRow {
        oid: oid(2),
        lines: None,
        files: 0,
        flags: flag::MERGE | flag::TWIN,
        out: Some(Out::NotMine),
        dated: false,
        ..row.clone()
    };
    [row, merge].map(|row| Row::Commit(Box::new(row))).to_vec()
}

fn clean(text: &str) -> Clean {
    Clean::label(text.as_bytes())
}

/// One row of each kind that imports bring.
pub(crate) fn imported_rows() -> Vec<Row> {
    let at = |utc| When::At(Moment::new(utc, 60));
    let project = Some(clean("o/harbour"));
    let task = TaskRow {
        what: Some((
            What::Finished,
            Point {
                at: at(1_771_000_000),
                until: Some(at(1_771_237_800)),
            },
        )),
        source: clean("github"),
        key: clean("o/harbour#12"),
        kind: TaskKind::Bug,
        title: clean("=Tabs break the parser"),
        project: project.clone(),
        stage: Some(Stage::Done),
        created: Some(When::Day(super::date("2026-01-05"))),
        started: None,
        done: None,
        due: None,
        commits: 2,
        marks: Marks {
            row: "t-0123456789".to_owned(),
            out: None,
            corrected: vec![Fact::Done],
        },
    };
    let review = ReviewRow {
        at: at(1_771_230_000),
        source: clean("github"),
        key: clean("o/harbour#9"),
        project: project.clone(),
        requested: None,
        marks: marks("r-0123456789"),
    };
    let entry = LooseEntry {
        source: clean("toggl"),
        entry: Entry {
            id: None,
            start: at(1_771_220_000),
            end: Some(at(1_771_223_600)),
            seconds: Some(3_600),
            note: Some(clean("stand-up")),
        },
        project,
        task: Some(clean("ING-207")),
        tags: vec![clean("daily")],
        busy: true,
    };
    let day: DayRow = log::by_day(std::slice::from_ref(&entry)).remove(0);
    vec![
        Row::Task(Box::new(task)),
        Row::Review(review),
        Row::Day(day),
        Row::Entry(Box::new(EntryRow {
            entry,
            marks: marks("e-0123456789"),
        })),
        Row::Note(Box::new(NoteRow {
            day: super::date("2026-02-16"),
            note: note(),
        })),
    ]
}

/// What stands at a row that the owner took out.
fn marks(row: &str) -> Marks {
    Marks {
        row: row.to_owned(),
        out: Some(Out::Excluded),
        corrected: Vec::new(),
    }
}

fn note() -> Note {
    Note {
        id: 3,
        event: Some(EventKind::Oncall),
        days: Range::new(super::date("2026-02-14"), super::date("2026-02-20")),
        text: Clean::note("=First\nsecond"),
        impact: true,
        written: 20_000,
        about: About {
            has_task: true,
            task: Some(clean("ING-207")),
            repo: Some(clean("harbour")),
        },
        from_file: false,
    }
}

#[test]
fn stats_json_has_the_documented_fields_and_no_others() {
    conforms(&DOCUMENTS[0], &stats(&full()));
}

#[test]
fn log_json_has_the_documented_fields_and_no_others() {
    conforms(
        &DOCUMENTS[1],
        &ascii(&log::Document::new(&[log_rows(), imported_rows()].concat())).unwrap(),
    );
}

#[test]
fn a_row_of_each_kind_in_full() {
    let text = ascii(&log::Document::new(&imported_rows())).unwrap();
    insta::assert_snapshot!(text.replace("{\"", "\n{\""), @r#"
    {"schema":"inward.log.v1","rows":[
    {"kind":"task","time":"2026-02-16T11:30:00+01:00","day":"2026-02-16","what":"finished","not_before":"2026-02-13T17:26:40+01:00","source":"github","key":"o/harbour#12","type":"bug","state":"done","title":"=Tabs break the parser","project":"o/harbour","created_at":"2026-01-05","started_at":null,"done_at":null,"due_at":null,"commits":2,"row":"t-0123456789","excluded":null,"corrected":["done"]},
    {"kind":"review","time":"2026-02-16T09:20:00+01:00","day":"2026-02-16","source":"github","key":"o/harbour#9","project":"o/harbour","requested_at":null,"row":"r-0123456789","excluded":"excluded"},
    {"kind":"time","day":"2026-02-16","task":"ING-207","project":"o/harbour","seconds":3600,"entries":1,"overlapping":0,"running":0,"busy":true},
    {"kind":"entry","time":"2026-02-16T06:33:20+01:00","day":"2026-02-16","source":"toggl","task":"ING-207","project":"o/harbour","end":"2026-02-16T07:33:20+01:00","seconds":3600,"note":"stand-up","tags":["daily"],"busy":true,"row":"e-0123456789","excluded":"excluded"},
    {"kind":"note","day":"2026-02-16","note":3,"event":"oncall","from":"2026-02-14","to":"2026-02-20","text":"=First\nsecond","impact":true,"task":"ING-207","repo":"harbour"}]}
    "#);
    insta::assert_snapshot!(log_csv(&imported_rows()).unwrap(), @r#"
    kind,time,oid,repo,summary,files,added,deleted,merge,twin,squashed,squash,reformat,undated,day,what,source,key,type,state,title,project,end,seconds,entries,note,busy,not_before,row,excluded
    task,2026-02-16T11:30:00+01:00,,,,,,,,,,,,,2026-02-16,finished,github,o/harbour#12,bug,done,'=Tabs break the parser,o/harbour,,,,,,2026-02-13T17:26:40+01:00,t-0123456789,
    review,2026-02-16T09:20:00+01:00,,,,,,,,,,,,,2026-02-16,,github,o/harbour#9,,,,o/harbour,,,,,,,r-0123456789,excluded
    time,,,,,,,,,,,,,,2026-02-16,,,ING-207,,,,o/harbour,,3600,1,,true,,,
    entry,2026-02-16T06:33:20+01:00,,,,,,,,,,,,,2026-02-16,,toggl,ING-207,,,,o/harbour,2026-02-16T07:33:20+01:00,3600,,stand-up,true,,e-0123456789,excluded
    note,,,harbour,,,,,,,,,,,2026-02-16,oncall,,ING-207,,,,,2026-02-20,,,"'=First
    second",,,,
    "#);
}

#[test]
fn json_is_pure_ascii_and_reads_back_as_the_same_text() {
    let text = ascii(&log::Document::new(&log_rows())).unwrap();
    assert!(
        text.bytes().all(|byte| (0x20..0x7f).contains(&byte)),
        "{text}"
    );
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["rows"][0]["summary"], "Größe, \"quoted\" \u{1f980}");
    assert_eq!(value["rows"][0]["time"], "2026-02-16T23:30:00+13:00");
    assert!(stats(&full()).contains("na\\u00efve site"));
    assert_eq!(ascii("\u{7f}\n").unwrap(), "\"\\u007f\\n\"");
}

#[test]
fn two_repositories_of_one_name_stay_two() {
    let text = stats(&full());
    assert!(text.contains("\"key\":\"api\"") && text.contains("\"key\":\"api #2\""));
}

#[test]
fn the_same_store_gives_the_same_bytes() {
    assert_eq!(stats(&full()), stats(&full()));
    let mut shuffled = rows(7, 900, 300, 4);
    shuffled.reverse();
    assert_eq!(stats(&full()), stats(&dataset(shuffled, 4)));
}

#[test]
fn numbers_are_written_as_people_write_them() {
    let text = |value: f64| ascii(&Number(value)).unwrap();
    assert_eq!(text(218.0), "218");
    assert_eq!(text(0.0), "0");
    assert_eq!(text(-0.0), "0");
    assert_eq!(text(1.0 / 3.0), "0.333333");
    assert_eq!(text(f64::NAN), "null");
    assert_eq!(text(f64::INFINITY), "null");
}

#[test]
fn a_small_figure_in_full() {
    let data = dataset(rows(1, 3, 3, 1), 1);
    let labels = labels();
    let selection = Selection {
        range: range("2026-08-14..2026-08-16"),
        ..Selection::weekly(range("week"))
    };
    let figures: Vec<Figure> = ["commits", "assisted_share"]
        .iter()
        .map(|id| super::ask(id, &data, &selection))
        .collect();
    let text = ascii(&Document::new(&figures, Names::new(&data, &labels))).unwrap();
    insta::assert_snapshot!(text.replace("{\"", "\n{\""), @r#"
    {"schema":"inward.stats.v1","figures":[
    {"metric":"commits","unit":"commits","range":"2026-08-14..2026-08-16","n":2,"value":2,"left_out":[],"points":[
    {"from":"2026-08-14","to":"2026-08-16","key":null,"value":2,"n":2,"complete":false}],"interval":null,"usual_range":null,"verdict":"too few to tell","of":"commits","known_to":null,"previous":null,"trend":null,"trend_per_week":null,"rests_on":[]},
    {"metric":"assisted_share","unit":"share","range":"2026-08-14..2026-08-16","n":2,"value":null,"left_out":[],"points":[
    {"from":"2026-08-14","to":"2026-08-16","key":null,"value":null,"n":2,"complete":false}],"interval":null,"usual_range":null,"verdict":"too few to tell","of":"commits","known_to":null,"previous":null,"trend":null,"trend_per_week":null,"rests_on":[]}]}
    "#);
    let table = figures_csv(&figures, Names::new(&data, &labels)).unwrap();
    insta::assert_snapshot!(table, @r#"
    metric,unit,part,from,to,key,value,n,complete
    commits,commits,total,2026-08-14,2026-08-16,,2,2,
    commits,commits,point,2026-08-14,2026-08-16,,2,2,false
    assisted_share,share,total,2026-08-14,2026-08-16,,,2,
    assisted_share,share,point,2026-08-14,2026-08-16,,,2,false
    "#);
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    for text in ["=1", "+1", "-1", "@x", "\tx", "\0x", "＝1"] {
        assert_eq!(guarded(text), format!("'{text}"));
    }
    assert_eq!(guarded("a=1"), "a=1");
    insta::assert_snapshot!(log_csv(&log_rows()).unwrap(), @r#"
    kind,time,oid,repo,summary,files,added,deleted,merge,twin,squashed,squash,reformat,undated,day,what,source,key,type,state,title,project,end,seconds,entries,note,busy,not_before,row,excluded
    commit,2026-02-16T23:30:00+13:00,9e3779b100000000000000000000000000000001,'=cmd(),"Größe, ""quoted"" 🦀",1,1204,3,false,false,false,false,false,false,2026-02-16,,,,,,,,,,,,,,,
    commit,2026-02-16T23:30:00+13:00,3c6ef36200000000000000000000000000000002,'=cmd(),"Größe, ""quoted"" 🦀",0,,,true,true,false,false,false,true,,,,,,,,,,,,,,,,not-mine
    "#);
}

#[test]
fn every_row_of_a_table_has_all_its_columns() {
    let data = full();
    let labels = labels();
    let table = figures_csv(&everything(&data), Names::new(&data, &labels)).unwrap();
    assert!(table.lines().count() > 500);
    for line in table.lines() {
        assert_eq!(line.matches(',').count(), 8, "{line}");
    }
}
