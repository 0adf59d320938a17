use super::*;

fn stage(word: &str) -> Option<Stage> {
    StageWords::default().stage(&Status::word(word))
}

#[test]
fn a_word_means_its_stage_in_any_case_and_decoration() {
    assert_eq!(stage("IN_PROGRESS"), Some(Stage::InProgress));
    assert_eq!(stage("Done 🎉"), Some(Stage::Done));
    assert_eq!(stage("Done [WEEK 3/6-12]"), Some(Stage::Done));
    assert_eq!(stage("Ready for Review"), Some(Stage::InReview));
    assert_eq!(stage("Won't Do"), Some(Stage::Cancelled));
    assert_eq!(stage("Frobnicating"), None);
    for (word, wanted) in [
        ("Finalizada", Stage::Done),
        ("Itens concluídos", Stage::Done),
        ("In Bearbeitung", Stage::InProgress),
        ("Tareas por hacer", Stage::Todo),
        ("Annulé", Stage::Cancelled),
    ] {
        assert_eq!(stage(word), Some(wanted), "{word}");
    }
}

#[test]
fn short_words_of_outlines_are_known() {
    assert_eq!(stage("PROG"), Some(Stage::InProgress));
    assert_eq!(stage("STRT"), Some(Stage::InProgress));
    assert_eq!(stage("KILL"), Some(Stage::Cancelled));
    assert_eq!(stage("IDEA"), Some(Stage::Backlog));
}

#[test]
fn the_trackers_category_comes_before_the_word_and_is_refined_by_it() {
    let said = |word: &str, category| {
        StageWords::default().stage(&Status::word(word).category(Some(category)))
    };
    assert_eq!(said("Done", Stage::InProgress), Some(Stage::InProgress));
    assert_eq!(said("QA", Stage::InProgress), Some(Stage::InReview));
    assert_eq!(said("Backlog", Stage::Todo), Some(Stage::Backlog));
    assert_eq!(said("选定", Stage::Todo), Some(Stage::Todo));
}

#[test]
fn the_owners_word_wins_over_the_category_but_not_over_a_resolution() {
    let words = StageWords::new([("Frobnicating ", Stage::InReview)]);
    let status = Status::word("frobnicating").category(Some(Stage::Todo));
    assert_eq!(words.stage(&status), Some(Stage::InReview));
    assert_eq!(
        words.stage(&status.fixed(Stage::Cancelled)),
        Some(Stage::Cancelled)
    );
}

#[test]
fn names_and_numbers_lead_back_to_the_stage() {
    for stage in Stage::ALL {
        assert_eq!(Stage::parse(stage.as_str()), Some(stage));
        assert_eq!(Stage::from_number(stage as u8), Some(stage));
    }
    assert_eq!(Stage::from_number(6), None);
}
