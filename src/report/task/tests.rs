//! A task's story, worked out by hand.

use chrono::DateTime;

use super::*;
use crate::model::calendar::Calendar;
use crate::model::dataset::{Dataset, Labels};
use crate::model::ids::Oid;
use crate::model::moment::Moment;
use crate::model::stage::Status;
use crate::model::task::When;
use crate::model::timeline::Stages;
use crate::report::Context;
use crate::report::names::Names;

fn at(text: &str) -> When {
    let at = DateTime::parse_from_rfc3339(text).unwrap();
    let offset = i16::try_from(at.offset().local_minus_utc() / 60).unwrap();
    When::At(Moment::new(at.timestamp(), offset.into()))
}

fn commit(text: &str, n: u8, rule: LinkRule) -> StoryCommit {
    let row = LogRow {
        day_only: false,
        time: at(text).moment().unwrap(),
        dated: true,
        oid: Oid([n; 20]),
        repo: Clean::label(b"api"),
        summary: Clean::label(b"Round half up"),
        files: 1,
        lines: None,
        flags: 0,
        tasks: Vec::new(),
        out: None,
    };
    StoryCommit { row, rule }
}

fn moved(from: &str, to: &str, text: &str) -> Move {
    Move {
        at: at(text),
        until: None,
        from: Some(Status::word(from)),
        to: Status::word(to),
    }
}

fn story(facts: TaskFacts, moves: Vec<Move>) -> TaskStory {
    let words = StageWords::default();
    let timeline = Timeline::of(&facts, &moves, &mut Stages::new(&words));
    TaskStory {
        facts,
        moves,
        timeline,
        commits: Vec::new(),
        copies: 0,
        requests: Vec::new(),
        recorded: None,
    }
}

/// Created on Monday, a commit on Tuesday before it is moved into progress on Wednesday, reviewed
/// from Friday on, put back on Saturday, finished on Monday.
fn finished() -> TaskStory {
    let facts = TaskFacts {
        source: Clean::label(b"jira"),
        key: Clean::label(b"ING-7"),
        title: Clean::label(b"Round half up"),
        project: Some(Clean::label(b"ING")),
        status: Status::word("Done"),
        created: Some(at("2026-03-02T09:00:00+01:00")),
        history_whole: true,
        ..TaskFacts::default()
    };
    let moves = vec![
        moved("To Do", "In Progress", "2026-03-04T10:00:00+01:00"),
        moved("In Progress", "In Review", "2026-03-06T10:00:00+01:00"),
        moved("In Review", "To Do", "2026-03-07T10:00:00+01:00"),
        moved("To Do", "In Progress", "2026-03-08T10:00:00+01:00"),
        moved("In Progress", "Done", "2026-03-09T10:00:00+01:00"),
    ];
    let mut story = story(facts, moves);
    story.commits = vec![
        commit("2026-03-03T23:30:00+13:00", 1, LinkRule::Closing),
        commit("2026-03-05T12:00:00+01:00", 2, LinkRule::Message),
    ];
    story.copies = 1;
    story.requests = vec![StoryRequest {
        key: Clean::label(b"acme/api#12"),
        review: Review {
            opened: Some(at("2026-03-05T15:00:00+01:00")),
            first_review: Some(at("2026-03-06T09:00:00+01:00")),
            merged: Some(at("2026-03-09T09:30:00+01:00")),
            ..Review::default()
        },
    }];
    story
}

fn text(story: &TaskStory) -> String {
    let now = DateTime::from_timestamp(1_773_100_800, 0).unwrap();
    let calendar = Calendar::new(now, crate::model::calendar::Tz::UTC);
    let (data, labels) = (Dataset::default(), Labels::default());
    let context = Context {
        names: Names::new(&data, &labels),
        calendar: &calendar,
        away: &[],
        width: 110,
        ascii: true,
    };
    let words = StageWords::default();
    story_text(story, telling(&words), &context)
}

/// Now is 2026-03-10T00:00:00Z.
fn telling(words: &StageWords) -> Telling<'_> {
    Telling {
        words,
        now_utc: 1_773_100_800,
    }
}

#[test]
fn the_whole_way_of_a_task_stands_in_time_order_with_its_own_clocks() {
    let expected = "\
ING-7  Round half up
done, \"Done\", task, jira, ING
2 commits: 1 closing (high), 1 message (medium); 1 copy not listed

Timeline
  2026-03-02 09:00 +01:00  created
  2026-03-03 23:30 +13:00  commit    first sign of work: 0101010101 api  Round half up  [closing, high]
  2026-03-04 10:00 +01:00  started
  2026-03-04 10:00 +01:00  moved     To Do (todo) -> In Progress
  2026-03-05 12:00 +01:00  commit    0202020202 api  Round half up  [message, medium]
  2026-03-05 15:00 +01:00  opened    acme/api#12
  2026-03-06 09:00 +01:00  reviewed  acme/api#12
  2026-03-06 10:00 +01:00  moved     In Progress -> In Review
  2026-03-07 10:00 +01:00  moved     In Review -> To Do (todo)
  2026-03-08 10:00 +01:00  moved     To Do (todo) -> In Progress
  2026-03-09 09:30 +01:00  merged    acme/api#12
  2026-03-09 10:00 +01:00  moved     In Progress -> Done
  2026-03-09 10:00 +01:00  finished

Between start and finish: 5d
  Working   ############              3d
  Waiting   ########                  2d  (todo 1d, in-review 1d)
Commits on 2 of 7 civil days from the first sign of work.
";
    assert_eq!(text(&finished()), expected);
}

#[test]
fn working_and_waiting_are_summed_visit_by_visit() {
    let story = finished();
    let words = StageWords::default();
    let spans = spans::of(&story, telling(&words));
    // Wednesday to Friday and Sunday to Monday; review on Friday, put back on Saturday.
    assert_eq!(spans.working(), 3 * 86_400);
    assert_eq!(spans.waiting(), 2 * 86_400);
    assert_eq!((spans.whole, spans.unknown()), (Some(5 * 86_400), Some(0)));
}

#[test]
fn a_task_that_lasts_is_summed_up_to_now_and_says_so() {
    let mut open = finished();
    open.moves.truncate(1);
    open.facts.status = Status::word("In Progress");
    let open = TaskStory {
        commits: Vec::new(),
        requests: Vec::new(),
        ..story(open.facts, open.moves)
    };
    let told = text(&open);
    assert!(
        told.contains("Between start and finish so far: 5.6d"),
        "{told}"
    );
    assert!(told.contains("started   first sign of work"), "{told}");
    assert!(told.contains("No commit is linked with it."), "{told}");
}

#[test]
fn what_is_not_known_is_said() {
    let facts = TaskFacts {
        key: Clean::label(b"X-1"),
        status: Status::word("Done"),
        ..TaskFacts::default()
    };
    let told = text(&story(facts, Vec::new()));
    for said in [
        "no export says when anything happened",
        "when it was written down",
        "when work on it began",
        "when it ended",
        "whether these are all of its moves",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert!(!told.contains("Between start and finish"), "{told}");
}

#[test]
fn an_end_that_two_exports_narrow_down_gives_no_sum() {
    let mut facts = finished().facts;
    facts.history_whole = false;
    facts.started = Some(at("2026-03-03T09:00:00+01:00"));
    let done = Move {
        until: Some(at("2026-03-08T00:00:00+01:00")),
        ..moved("In Progress", "Done", "2026-03-05T00:00:00+01:00")
    };
    let told = text(&story(facts, vec![done]));
    assert!(
        told.contains("by then; not yet 2026-03-05 00:00 +01:00"),
        "{told}"
    );
    assert!(
        told.contains("the exact end: it lies between two exports"),
        "{told}"
    );
    assert!(!told.contains("Working"), "{told}");
}

#[test]
fn the_document_says_the_same() {
    let story = [finished()];
    let words = StageWords::default();
    let document = serde_json::to_value(Document::new(&story, telling(&words))).unwrap();
    let task = &document["tasks"][0];
    assert_eq!(task["spans"]["working"], 3 * 86_400);
    assert_eq!(task["spans"]["waiting"], 2 * 86_400);
    assert_eq!(task["links"][0]["rule"], "closing");
    assert_eq!(task["links"][0]["confidence"], "high");
    assert_eq!(task["events"][1]["first_touch"], true);
    assert_eq!(task["events"][1]["time"], "2026-03-03T23:30:00+13:00");
    assert_eq!(
        (&task["commit_days"], &task["days"]),
        (&2.into(), &7.into())
    );
}
