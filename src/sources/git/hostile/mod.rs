//! What holds whatever a repository holds; searched by `fuzz/`, gone through by tests.

mod made;
mod pack;
mod texts;
mod tree;

pub use pack::{check as pack, seeds as pack_seeds};
pub use texts::{check as commit, seeds as commit_seeds};
pub use tree::{check as tree, seeds as tree_seeds};

#[cfg(test)]
mod tests {
    use crate::stir::through;

    #[test]
    fn whatever_a_pack_holds_is_one_object_or_a_fault_and_stays_so() {
        through("pack", super::pack, &super::pack_seeds(), 60);
    }

    #[test]
    fn whatever_trees_hold_their_difference_is_bounded_and_the_same_from_both_sides() {
        through("tree", super::tree, &super::tree_seeds(), 60);
    }

    #[test]
    fn whatever_a_commit_holds_its_parts_are_its_own_and_its_words_can_be_shown() {
        through("commit", super::commit, &super::commit_seeds(), 400);
    }
}
