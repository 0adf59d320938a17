use super::super::testing::{Seen, read};
use super::*;
use crate::model::task::When;

const BOARD: &str = r#"{"id":"64b0000000000000000000aa","name":"Launch","shortLink":"bOaRd123",
"cards":[
{"id":"65a00000aaaaaaaaaaaaaa01","shortLink":"CaRd0001","idShort":1,"name":"Write it","desc":"secret","email":"in+1@boards.example","idList":"l3","closed":false,"dueComplete":false,"due":"2024-02-01T12:00:00.000Z","dateLastActivity":"2024-01-20T10:00:00.000Z","idMembers":["m1","m9"],"labels":[{"name":"docs","color":"red"},{"name":"","color":"blue"}]},
{"id":"65a00000aaaaaaaaaaaaaa02","shortLink":"CaRd0002","idShort":2,"name":"Dropped","idList":"l1","closed":true,"idMembers":[]},
{"id":"65a00000aaaaaaaaaaaaaa03","shortLink":"CaRd0003","idShort":3,"name":"Ticked","idList":"l1","closed":true,"dueComplete":true,"dateCompleted":"2024-01-19T10:00:00.000Z","idMembers":null},
{"id":"65a00000aaaaaaaaaaaaaa04","shortLink":"CaRd0004","idShort":4,"name":"Odd","idList":"l5","closed":true},
{"id":"65a00000aaaaaaaaaaaaaa05","shortLink":"CaRd0005","idShort":5,"name":"With its list","idList":"l4","closed":false,"due":"soon"},
{"id":"65a00000aaaaaaaaaaaaaa06","name":"Pattern","idList":"l1","isTemplate":true},
{"name":"No id"},
7
],
"lists":[{"id":"l1","name":"To Do","closed":false},{"id":"l2","name":"Doing","closed":false},{"id":"l3","name":"Done 🎉","closed":false},{"id":"l4","name":"Ideas","closed":true},{"id":"l5","name":"クローズ","closed":false}],
"members":[{"id":"m1","username":"ada","fullName":"Ada L"}],
"actions":[
{"type":"updateList","date":"2024-01-21T09:00:00.000Z","data":{"list":{"id":"l4","name":"Ideas","closed":true},"old":{"closed":false}}},
{"type":"updateCard","date":"2024-01-20T10:00:00.000Z","memberCreator":{"id":"m9","username":"bob"},"data":{"card":{"id":"65a00000aaaaaaaaaaaaaa01"},"listBefore":{"id":"l2","name":"Doing"},"listAfter":{"id":"l3","name":"Done 🎉"},"old":{"idList":"l2"}}},
{"type":"commentCard","date":"2024-01-20T09:00:00.000Z","data":{"text":"hush","card":{"id":"65a00000aaaaaaaaaaaaaa01"}}},
{"type":"updateCard","date":"2024-01-19T11:00:00.000Z","data":{"card":{"id":"65a00000aaaaaaaaaaaaaa03","closed":true},"list":{"id":"l1","name":"To Do"},"old":{"closed":false}}},
{"type":"updateCard","date":"2024-01-19T10:00:00.000Z","data":{"card":{"id":"65a00000aaaaaaaaaaaaaa03","dueComplete":true},"list":{"id":"l1","name":"To Do"},"old":{"dueComplete":false}}},
{"type":"updateCard","date":"2024-01-18T11:00:00.000Z","data":{"card":{"id":"65a00000aaaaaaaaaaaaaa02","closed":true},"list":{"id":"l1","name":"To Do"},"old":{"closed":false}}},
{"type":"updateCard","date":"2024-01-18T10:00:00.000Z","data":{"card":{"id":"65a00000aaaaaaaaaaaaaa01"},"listBefore":{"id":"l1","name":"Up Next"},"listAfter":{"id":"l2","name":"Doing"},"old":{"idList":"l1"}}},
{"type":"updateCard","date":"2024-01-17T10:00:00.000Z","data":{"card":{"id":"65a00000aaaaaaaaaaaaaa01","name":"Write it"},"old":{"name":"Write"}}},
{"type":"createCard","date":"2024-01-11T14:51:44.000Z","data":{"card":{"id":"65a00000aaaaaaaaaaaaaa01"},"list":{"id":"l1","name":"Up Next"}}}
]}"#;

fn stages(task: &TaskFacts) -> Vec<Option<Stage>> {
    let words = StageWords::default();
    let to = task.transitions.iter().map(|one| words.stage(&one.to));
    to.collect()
}

#[test]
fn a_board_gives_cards_with_creation_moves_members_and_labels() {
    let seen = read(&FORMAT, BOARD, "board.json").unwrap();
    let tasks = seen.tasks();
    assert_eq!((tasks.len(), seen.rejected.len()), (5, 3));
    let one = &tasks[0].task;
    assert_eq!(one.created.map(When::order), Some(0x65a0_0000));
    assert_eq!(one.aliases[1], "trello:CaRd0001");
    assert_eq!(one.project.as_ref().map(Clean::as_str), Some("Launch"));
    assert_eq!(one.tags.len(), 1);
    assert!(one.history_whole && one.started.is_none());
    assert_eq!(stages(one), [Some(Stage::InProgress), Some(Stage::Done)]);
    let Whose::People(people) = &tasks[0].whose else {
        panic!("{:?}", tasks[0].whose);
    };
    let logins: Vec<_> = people.iter().map(|one| one.login.as_deref()).collect();
    assert_eq!(logins, [Some("ada"), Some("bob")]);
    assert!(!format!("{seen:?}").contains("secret") && !format!("{seen:?}").contains("in+1"));
}

#[test]
fn archived_is_given_up_unless_done_and_an_unknown_list_waits_for_the_owners_word() {
    let Seen {
        items, warnings, ..
    } = read(&FORMAT, BOARD, "board.json").unwrap();
    let tasks: Vec<_> = items.iter().filter_map(|item| item.task()).collect();
    let stage = |at: usize| StageWords::default().stage(&tasks[at].task.status);
    assert_eq!(stage(1), Some(Stage::Cancelled));
    assert_eq!(stages(&tasks[1].task), [Some(Stage::Cancelled)]);
    assert_eq!(stage(2), Some(Stage::Done));
    // Marked complete first; that it was archived then is no move.
    assert_eq!(stages(&tasks[2].task), [Some(Stage::Done)]);
    assert!(tasks[2].task.done.is_some());
    assert_eq!(stage(3), Some(Stage::Cancelled));
    let own = StageWords::new([("クローズ", Stage::Done)]);
    assert_eq!(own.stage(&tasks[3].task.status), Some(Stage::Done));
    assert_eq!(stage(4), Some(Stage::Cancelled));
    assert_eq!(tasks[4].task.done.map(When::order), Some(1_705_827_600));
    assert_eq!(warnings.len(), 1, "the due date that is none: {warnings:?}");
}

#[test]
fn a_thousand_actions_are_said_to_be_a_cut_history() {
    let action = r#"{"type":"commentCard","date":"2024-01-20T09:00:00.000Z","idMemberCreator":"m1","data":{}}"#;
    let many = vec![action; 1_000].join(",");
    let card =
        r#"{"id":"65a00000aaaaaaaaaaaaaa01","shortLink":"x","idShort":1,"idList":"l1","name":"n"}"#;
    let board =
        |actions: &str| format!(r#"{{"shortLink":"b","actions":[{actions}],"cards":[{card}]}}"#);
    let seen = read(&FORMAT, board(&many), "b.json").unwrap();
    assert!(!seen.tasks()[0].task.history_whole);
    assert!(
        seen.warnings[0].contains("newest 1000 actions"),
        "{:?}",
        seen.warnings
    );
    let few = read(&FORMAT, board(action), "b.json").unwrap();
    assert!(few.warnings.is_empty(), "{:?}", few.warnings);
}

#[test]
fn a_single_card_takes_its_lists_name_from_its_actions() {
    let card = r#"{"id":"65a00000aaaaaaaaaaaaaa01","shortLink":"x","idShort":1,"idList":"l2","name":"Alone",
"members":[{"id":"m1","username":"ada"}],"idMembers":["m1"],
"actions":[{"type":"updateCard","date":"2024-01-18T10:00:00.000Z","data":{"board":{"name":"Launch"},"card":{"id":"65a00000aaaaaaaaaaaaaa01"},"listBefore":{"id":"l1","name":"To Do"},"listAfter":{"id":"l2","name":"Doing"}}}]}"#;
    let seen = read(&FORMAT, card, "card.json").unwrap();
    let task = &seen.tasks()[0].task;
    assert_eq!(task.status, Status::word("Doing"));
    assert_eq!(task.project.as_ref().map(Clean::as_str), Some("Launch"));
    assert_eq!(task.transitions.len(), 1);
}
