//! Other names of metrics, for who asks by them. The names of the Flow Framework (Kersten, Project
//! to Product, 2018) mean what Kanban's plain ones mean; figures carry the plain ones.

const ALIASES: [(&str, &str); 8] = [
    ("flow_time", "cycle_time"),
    ("flow_velocity", "throughput"),
    ("flow_load", "wip"),
    ("flow_distribution", "task_types"),
    ("service_level_expectation", "service_level"),
    ("sle", "service_level"),
    ("cfd", "cumulative_flow"),
    ("work_in_progress", "wip"),
];

/// The id of the metric that `id` is another name of; `None` when it is none. Spaces and hyphens
/// stand for underscores, and case does not count.
pub fn alias(id: &str) -> Option<&'static str> {
    let same = |name: &str| {
        let plain = |c: char| match c {
            ' ' | '-' => '_',
            c => c.to_ascii_lowercase(),
        };
        id.chars().map(plain).eq(name.chars())
    };
    let found = ALIASES.iter().find(|(name, _)| same(name));
    found.map(|(_, id)| *id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_leads_to_a_metric_and_is_none_itself() {
        for (name, id) in ALIASES {
            assert_eq!(alias(name), Some(id));
            assert!(crate::metrics::by_id(id).is_some(), "{id}");
            assert!(crate::metrics::by_id(name).is_none(), "{name}");
        }
        assert_eq!(alias("Flow Velocity"), Some("throughput"));
        assert_eq!(alias("throughput"), None);
        assert_eq!(alias(""), None);
    }
}
