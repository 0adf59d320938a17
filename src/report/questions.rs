//! What a sceptic asks of each figure, and the answers: a part of `docs/metrics.md`.

/// Questions of a sceptic to the figures of one metric, each with its answer.
#[derive(Debug)]
pub(super) struct Asked {
    /// The metric's id.
    pub(super) metric: &'static str,
    /// Questions with answers.
    pub(super) all: &'static [(&'static str, &'static str)],
}

/// What was asked of every metric.
pub(super) const ASKED: &[Asked] = &[
    Asked {
        metric: "commits",
        all: &[
            (
                "Do ten small commits mean more than one large one?",
                "No. Style decides the number; it stands last on the overview.",
            ),
            (
                "Did I work less in the week with few commits?",
                "Git cannot tell. Reviews, design and talk leave no commit; the overview says how many workdays left any trace.",
            ),
        ],
    },
    Asked {
        metric: "active_days",
        all: &[
            (
                "Is a day without a commit a day off?",
                "No. The figure says how many days show a task or a review and no commit.",
            ),
            (
                "Does one typo fix make a full day?",
                "It makes a day with a commit, and nothing more is claimed.",
            ),
        ],
    },
    Asked {
        metric: "delivered",
        all: &[
            (
                "Is delivered the same as released?",
                "No. It is on the default branch; a release is not in git.",
            ),
            (
                "Do squashing teams deliver less?",
                "A squash counts once for all that it swallowed, so the number is lower for the same work.",
            ),
        ],
    },
    Asked {
        metric: "lines_changed",
        all: &[
            (
                "Does a reformat look like a week of work?",
                "Mass reformatting, moves, generated, vendored and lock files are left out and counted beside it; `--raw` shows them.",
            ),
            (
                "Do programs write some of these lines?",
                "Yes. The share of commits with evidence of assistance is another figure, and a lower bound.",
            ),
        ],
    },
    Asked {
        metric: "change_size",
        all: &[
            (
                "Does one huge change move it?",
                "Hardly: it is a median. The tail shows in p85 and p95.",
            ),
            (
                "Are merges in it?",
                "No, and neither are commits without one counted file; both are counted beside it.",
            ),
        ],
    },
    Asked {
        metric: "languages",
        all: &[
            (
                "Is this the mix of the repository?",
                "No. It is the mix of my changed lines in the range.",
            ),
            (
                "Why is a script counted as another language?",
                "The language is read from the name, never from the text.",
            ),
        ],
    },
    Asked {
        metric: "repositories",
        all: &[(
            "Why is a fork at 0?",
            "A commit that several repositories hold counts in the first one that was read.",
        )],
    },
    Asked {
        metric: "categories",
        all: &[(
            "Is a test beside the code a test?",
            "Only where its path says so.",
        )],
    },
    Asked {
        metric: "work_types",
        all: &[
            (
                "And if my commits have no prefix?",
                "Then all of them are `unknown`; a type is never guessed from other words.",
            ),
            (
                "Is half of `fix` a bad sign?",
                "A label is a habit. Some fix in features, some the other way round.",
            ),
        ],
    },
    Asked {
        metric: "assisted_share",
        all: &[(
            "Is a commit without evidence written by hand?",
            "Not known. Only the owner can say so, and what is not said stays unknown.",
        )],
    },
    Asked {
        metric: "reverts",
        all: &[(
            "Few reverts, few mistakes?",
            "No. A mistake that was mended by hand is not seen here.",
        )],
    },
    Asked {
        metric: "rework",
        all: &[
            (
                "Do the newest lines look good because they are young?",
                "Commits whose 21 days are not over leave the value, the comparison and the trend, and their weeks are marked.",
            ),
            (
                "Do fifty thousand lines mean certainty?",
                "No. The interval counts commits, not lines.",
            ),
            (
                "Is rework waste?",
                "Good iteration looks the same. That is why there is no figure of efficiency.",
            ),
        ],
    },
    Asked {
        metric: "survival",
        all: &[
            ("Is long life quality?", "No. Dead code lives longest."),
            (
                "One year compared with 30 days?",
                "The figure names the age it is about, and the period before is read at the same age.",
            ),
        ],
    },
    Asked {
        metric: "hours_by_weekday",
        all: &[(
            "Did I work at the hour of the commit?",
            "Before it. One commit at six can stand for the whole day.",
        )],
    },
    Asked {
        metric: "sessions",
        all: &[
            (
                "Is it working time?",
                "No, a lower bound: what came before the first act is unseen, and one act has no length.",
            ),
            (
                "Does the gap decide it?",
                "Yes, so three gaps stand side by side.",
            ),
            (
                "Did I work more since spring?",
                "The reflog reaches back only some months, so weeks before it are not compared.",
            ),
        ],
    },
    Asked {
        metric: "focus_blocks",
        all: &[
            (
                "No block, no focus?",
                "No. An afternoon of thought leaves one commit.",
            ),
            (
                "Can lunch lie inside a block?",
                "Yes, gaps up to two hours are bridged. It is evidence, not proof.",
            ),
        ],
    },
    Asked {
        metric: "context_switches",
        all: &[
            (
                "Does a review count as a switch?",
                "Yes, unless it took less than two minutes: it forces a checkout.",
            ),
            (
                "What does a switch cost me?",
                "Not known, and never turned into hours.",
            ),
        ],
    },
    Asked {
        metric: "estimated_hours",
        all: &[(
            "Can I bill it?",
            "No. One threshold says twice what another says, and the figure shows three.",
        )],
    },
    Asked {
        metric: "recorded_time",
        all: &[
            ("Two trackers ran in the same hour?", "It counts once."),
            (
                "Do the parts add up to the whole?",
                "Not where they overlap.",
            ),
        ],
    },
    Asked {
        metric: "after_hours_share",
        all: &[
            (
                "Is it overtime?",
                "Not by itself. Flexible hours look the same, so it is compared with my own past only.",
            ),
            ("Who says when work ends?", "The owner, in the settings."),
        ],
    },
    Asked {
        metric: "weekend_share",
        all: &[(
            "I work on Saturdays and rest on Mondays. Does it count against me?",
            "Not when `work_days` says so. Leave and holidays are days off too.",
        )],
    },
    Asked {
        metric: "late_runs",
        all: &[
            (
                "Does one merge at eight make a late evening?",
                "Yes, and the definition says so.",
            ),
            (
                "Is a run good or bad?",
                "It is a fact to set an upper limit on; nothing is praised.",
            ),
        ],
    },
    Asked {
        metric: "rest_days",
        all: &[
            (
                "Is a free day rest?",
                "It is a day without a trace. Days after the newest scan look free too.",
            ),
            (
                "Does leave raise the share of free days off?",
                "No, it is counted apart.",
            ),
        ],
    },
    Asked {
        metric: "throughput",
        all: &[
            (
                "Zero after my last export: was I idle?",
                "Those weeks have no value. Nothing is known after the newest export.",
            ),
            (
                "Do ten small tasks beat one large one?",
                "They count more, and that is all that a count says. The kinds stand in another figure.",
            ),
        ],
    },
    Asked {
        metric: "task_types",
        all: &[(
            "Does a large share mean much work?",
            "No, numbers of tasks are not amounts of work.",
        )],
    },
    Asked {
        metric: "wip",
        all: &[(
            "Do forgotten tickets count?",
            "Yes, with how many are older than most finished tasks took.",
        )],
    },
    Asked {
        metric: "work_item_age",
        all: &[
            (
                "Does an old export hide age?",
                "Yes. \"Now\" is the newest export, and the points carry their dates.",
            ),
            (
                "Is the median age a forecast?",
                "No. Old tasks stay and young ones pass.",
            ),
        ],
    },
    Asked {
        metric: "net_flow",
        all: &[("Is a plus bad?", "Not by itself: large tasks end later.")],
    },
    Asked {
        metric: "cumulative_flow",
        all: &[(
            "Are stages guessed?",
            "No. What is not known is a band of its own.",
        )],
    },
    Asked {
        metric: "cycle_time",
        all: &[
            (
                "Only what I finished: where is the stuck one?",
                "In the age of work in progress.",
            ),
            (
                "Are starts guessed?",
                "Only the first linked commit stands in, and the figure says how often.",
            ),
            (
                "Do nights and weekends count?",
                "Yes. It is elapsed time, as the field has it; work time is not known.",
            ),
        ],
    },
    Asked {
        metric: "lead_time",
        all: &[
            (
                "Does a year in the backlog count?",
                "Yes, so it is read beside the cycle time.",
            ),
            (
                "Is it the lead time of DORA?",
                "No. There is no data on deployments here.",
            ),
        ],
    },
    Asked {
        metric: "service_level",
        all: &[
            (
                "Is 85 % kept by construction?",
                "On the same tasks it would be. The test uses the level of the period before.",
            ),
            (
                "Can three of twenty tasks decide it?",
                "Yes, hence the interval.",
            ),
        ],
    },
    Asked {
        metric: "time_in_stage",
        all: &[
            (
                "Does the backlog always win?",
                "Yes, as planning. The bottleneck begins at the start of work.",
            ),
            (
                "Is it many short stays or a long one?",
                "The sum and the median of one stay are both shown.",
            ),
        ],
    },
    Asked {
        metric: "flow_efficiency",
        all: &[
            (
                "Is in progress the same as work?",
                "No, it is a word of the board. The version by traces is another figure.",
            ),
            (
                "Can one giant task decide it?",
                "It weighs most; below five tasks there is no share.",
            ),
        ],
    },
    Asked {
        metric: "evidence_efficiency",
        all: &[(
            "Is a low share idleness?",
            "No, it is a lower bound. Coverage by links is printed beside it, and a task without any trace is left out.",
        )],
    },
    Asked {
        metric: "bottleneck",
        all: &[
            (
                "Does one stuck ticket decide?",
                "Then the interval reaches too far, and the figure says that it cannot tell.",
            ),
            (
                "Is it always \"in progress\"?",
                "Often, because that is the work itself. The rise against the period before tells more.",
            ),
        ],
    },
    Asked {
        metric: "estimate_accuracy",
        all: &[
            (
                "And when the estimate was corrected afterwards?",
                "That cannot be seen in an export, and the definition says so.",
            ),
            ("Is 0.6 of ten tasks good?", "It may be chance."),
        ],
    },
    Asked {
        metric: "forecast",
        all: &[
            (
                "Are these my own next tasks?",
                "No, any next tasks: those that arrive meanwhile take places.",
            ),
            (
                "Does it count from today?",
                "From the newest export; the points carry the dates.",
            ),
            (
                "Does a holiday count as a week of nothing?",
                "No, weeks with marked days leave.",
            ),
        ],
    },
    Asked {
        metric: "forecast_items",
        all: &[("Why is the surer number smaller?", "Surer promises less.")],
    },
    Asked {
        metric: "change_cycle_time",
        all: &[
            (
                "Do merges without a review look fast?",
                "They are left out and counted.",
            ),
            (
                "Do the phases add up?",
                "For one request yes; for medians no.",
            ),
        ],
    },
    Asked {
        metric: "review_received",
        all: &[
            (
                "Do ignored requests make it look fast?",
                "Those still waiting and those without a review are counted beside it.",
            ),
            (
                "Do nights count?",
                "Yes. A Friday evening to a Monday morning is 62 hours.",
            ),
        ],
    },
    Asked {
        metric: "reviews",
        all: &[(
            "No export of reviews: is that zero?",
            "No, then there is no value.",
        )],
    },
    Asked {
        metric: "review_given",
        all: &[(
            "Many reviews and one request?",
            "n is the reviews with a known request, and the figure says of how many.",
        )],
    },
    Asked {
        metric: "link_coverage",
        all: &[
            (
                "90 %: is all right?",
                "Look at the rules: a message, a branch or a reflog rests on names.",
            ),
            (
                "0 % before an import?",
                "No figure then, which is not zero.",
            ),
        ],
    },
];

/// What was asked of `metric`; nothing of one that nobody knows.
pub(super) fn of(metric: &str) -> &'static [(&'static str, &'static str)] {
    let asked = ASKED.iter().find(|asked| asked.metric == metric);
    asked.map_or(&[], |asked| asked.all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::METRICS;

    #[test]
    fn every_metric_was_asked_and_nothing_else_was() {
        let known: Vec<&str> = METRICS.iter().map(|metric| metric.id()).collect();
        let asked: Vec<&str> = ASKED.iter().map(|asked| asked.metric).collect();
        assert_eq!(asked, known, "in the order of the metrics");
        assert!(ASKED.iter().all(|asked| !asked.all.is_empty()));
    }
}
