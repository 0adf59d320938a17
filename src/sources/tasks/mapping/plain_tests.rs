use super::Mapping;
use super::keys::{TASK, TIME};

const MAPPING: &str = "mine = true\n[task]\ntitle = \"a\"\n";

fn wrong(text: &str) -> String {
    Mapping::parse(text).unwrap_err().to_string()
}

#[test]
fn mistakes_are_told_in_words_of_the_mapping() {
    let task = MAPPING;
    for (text, wanted) in [
        (
            format!("{task}created = \"b\"\n\n# x\ncreated = \"c\"\n"),
            "line 7: created is named twice, in lines 4 and 7: keep one",
        ),
        (
            format!("{task}[stages]\n\"In work\" = \"todo\"\n\"In work\" = \"done\"\n"),
            "line 6: In work is named twice, in lines 5 and 6: keep one",
        ),
        (
            format!("{task}[task]\n"),
            "line 4: task is named twice, in lines 2 and 4: keep one",
        ),
        (
            format!("project = \"p\"\n{task}project = \"b\"\nproject = \"c\"\n"),
            "line 6: project is named twice, in lines 5 and 6: keep one",
        ),
        (
            format!("{task}unit = \"Stunden\"\n"),
            "line 4: \"Stunden\" is no unit: points, hours, minutes, seconds or days",
        ),
        (
            "mine = true\n[task]\n".to_owned(),
            "line 2: [task] has no title: name the column that says what is to be done",
        ),
        (
            "mine = true\n[time]\nend = \"x\"\n".to_owned(),
            "line 2: [time] has no start: name the column that says when it began",
        ),
    ] {
        assert_eq!(wrong(&text), wanted, "{text}");
    }
}

#[test]
fn what_is_no_mapping_or_not_written_as_one_is_told_with_the_way_out() {
    let task = MAPPING;
    for (text, wanted) in [
        (
            "Titel;Erledigt\na;b\n".to_owned(),
            "line 1: this is no mapping (TOML): --map-template drafts one from a table",
        ),
        (
            "\"a\",\"b = c\"\n".to_owned(),
            "line 1: this is no mapping (TOML): --map-template drafts one from a table",
        ),
        (
            format!("{task}finished = \"b\"\n"),
            "line 4: [task] has no field finished: done may be meant",
        ),
        (
            format!("{task}asignee = \"b\"\n"),
            "line 4: [task] has no field asignee: assignee may be meant",
        ),
        (
            format!("tittle = \"b\"\n{task}"),
            "line 1: a mapping has no field tittle, only source, project, mine, dates, zone, task, time, stages",
        ),
        (
            format!("due = \"b\"\n{task}"),
            "line 1: due belongs below [task]: move it there",
        ),
        (
            "mine = true\n[tasks]\n".to_owned(),
            "line 2: a mapping has no field tasks: task may be meant",
        ),
        (
            format!("{task}in place of the line above: key = \"b\"\n"),
            "line 4: of this line only what stands behind the colon is to stay, and the line above is to go",
        ),
        (
            format!("{task}key = Nr\n"),
            "line 4: what stands behind the = goes in quotes, as in title = \"Task\"",
        ),
        (
            "mine = yes\n".to_owned(),
            "line 1: mine is true or false, without quotes",
        ),
        (
            format!("{task}key = my nr\n"),
            "line 4: what stands behind the = goes in quotes, as in title = \"Task\"",
        ),
        (
            format!("{task}key Nr\n"),
            "line 4: a line reads field = \"column\", as in title = \"Task\"",
        ),
        (
            format!("{task}[stages]\nIn work = \"todo\"\n"),
            "line 5: what stands before the = goes in quotes when it is more than one word of a-z",
        ),
        (
            "mine = \"yes\"\n".to_owned(),
            "line 1: mine is true or false, without quotes",
        ),
        (
            "task = \"x\"\n".to_owned(),
            "line 1: [task], [time] and [stages] are lines of their own, fields stand below them",
        ),
    ] {
        assert_eq!(wrong(&text), wanted, "{text}");
    }
}

#[test]
fn every_listed_field_is_one() {
    for (head, fields) in [("[task]", TASK), ("[time]", TIME)] {
        for field in fields {
            let error = wrong(&format!("{head}\n{field} = 1979-05-27\n"));
            assert!(!error.contains("no field"), "{field}: {error}");
        }
        let error = wrong(&format!("{head}\nzzzzzzzzzz = \"x\"\n"));
        assert!(error.ends_with(&fields.join(", ")), "{error}");
    }
}
