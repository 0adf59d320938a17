use super::*;

fn wrong(text: &str) -> String {
    Mapping::parse(text).unwrap_err().to_string()
}

#[test]
fn a_mapping_says_which_column_is_what() {
    let text = "source = \"sheet\"\nzone = \"Europe/Berlin\"\ndates = \"mdy\"\n\n[task]\ntitle = \" Task \"\n\
        assignee = \"Owner\"\ntags = [\"A\", \"B\"]\nunit = \"hours\"\n[stages]\n\"In Arbeit\" = \"in-progress\"\n";
    let mapping = Mapping::parse(text).unwrap();
    assert_eq!(mapping.columns(), ["task", "owner", "a", "b"]);
    assert_eq!(mapping.order, Some(DayOrder::Mdy));
    assert_eq!(mapping.zone, Some(Tz::Europe__Berlin));
    assert_eq!(mapping.stages.get("in arbeit"), Some(&Stage::InProgress));
    let RowKind::Task(task) = mapping.rows else {
        panic!("tasks");
    };
    assert_eq!((task.unit, task.separator.as_str()), (Unit::Hours, ","));
}

#[test]
fn every_mistake_is_told_with_its_line() {
    for (text, line, part) in [
        (
            "mine = true\n[task]\ntitle = \"a\"\ncolour = \"b\"\n",
            4,
            "colour",
        ),
        ("mine = true\nmin = 1\n[task]\ntitle = \"a\"\n", 2, "min"),
        ("mine = true\n[task]\nkey = \"a\"\n", 2, "title"),
        ("mine = true\n[task]\ntitle = 5\n", 3, "in quotes"),
        ("mine = true\n[task]\ntitle = \" \"\n", 3, "needs a name"),
        (
            "mine = true\n[task]\ntitle = \"a\"\ntags = 5\n",
            4,
            "list of names",
        ),
        ("\n[task]\ntitle = \"a\"\n", 2, "mine = true"),
        (
            "mine = true\ndates = \"ymd\"\n[task]\ntitle = \"a\"\n",
            2,
            "mdy",
        ),
        (
            "mine = true\nzone = \"Mars/X\"\n[task]\ntitle = \"a\"\n",
            2,
            "Europe/Berlin",
        ),
        (
            "source = \"A b\"\nmine = true\n[task]\ntitle = \"a\"\n",
            1,
            "short name",
        ),
        (
            "mine = true\n[task]\ntitle = \"a\"\n[stages]\nx = \"y\"\n",
            5,
            "in-progress",
        ),
        (
            "mine = true\n[task]\ntitle = \"a\"\n[time]\nstart = \"b\"\nend = \"c\"\n",
            4,
            "not both",
        ),
        ("mine = true\n[time]\nstart = \"b\"\n", 2, "duration"),
        (
            "mine = true\n[time]\nstart = \"b\"\nduration = \"c\"\nunit = \"points\"\n",
            2,
            "hours",
        ),
        ("mine = true\n", 1, "[task]"),
        (
            "mine = true\n[task]\ntitle = \"a\"\n[stages]\nläuft = \"todo\"\n",
            5,
            "in quotes",
        ),
        ("mine = true\n[task\n", 2, ""),
    ] {
        let error = wrong(text);
        assert!(
            error.starts_with(&format!("line {line}: ")),
            "{text}: {error}"
        );
        assert!(error.contains(part), "{text}: {error}");
    }
}
