//! What the sample files of GitHub, GitLab and Jira as JSON hold, counted with other programs over the
//! samples: records = objects of the outermost array (or of issues[]); done = merged pull requests,
//! closed issues without `NOT_PLANNED`, `DUPLICATE` or `moved_to_id`, Jira's category "done" without a given-up
//! resolution; given up = the rest of the closed ones; moves = items of the history whose field is
//! "status", of an archive's events `closed`, `reopened`, `merged` and `ready_for_review`.

/// Path, format, then: records, rejected, entries, moves, done, given up.
pub(crate) const TRACKERS: &[(&str, &str, [u64; 6])] = &[
    // of a task known already: import issues_ first
    (
        "github-archive/issue_events_000001.json",
        "github-archive",
        [1, 0, 0, 1, 0, 0],
    ),
    (
        "github-archive/issues_000001.json",
        "github-archive",
        [2, 0, 0, 0, 1, 0],
    ),
    (
        "github-archive/pull_requests_000001.json",
        "github-archive",
        [1, 0, 0, 0, 1, 0],
    ),
    (
        "github-archive/repositories_000001.json",
        "github-archive",
        [0, 0, 0, 0, 0, 0],
    ),
    (
        "github-archive/schema.json",
        "github-archive",
        [0, 0, 0, 0, 0, 0],
    ),
    (
        "github-gh-json/issues-newer-fields.json",
        "github-gh-json",
        [3, 0, 0, 0, 1, 1],
    ),
    (
        "github-gh-json/issues.json",
        "github-gh-json",
        [28, 0, 0, 0, 18, 0],
    ),
    // 32 with started, 51 reviews handed in
    (
        "github-gh-json/prs.json",
        "github-gh-json",
        [32, 0, 0, 0, 17, 8],
    ),
    (
        "github-gh-json/search-issues.json",
        "github-gh-json",
        [28, 0, 0, 0, 18, 0],
    ),
    (
        "github-gh-json/search-prs.json",
        "github-gh-json",
        [32, 0, 0, 0, 17, 8],
    ),
    (
        "github-rest-json/issues-page.json",
        "github-rest-json",
        [1, 0, 0, 0, 1, 0],
    ),
    (
        "github-rest-json/pulls-page.json",
        "github-rest-json",
        [15, 0, 0, 0, 10, 5],
    ),
    // closed_at null: no done date
    (
        "gitlab-json/issues-page-old.json",
        "gitlab-json",
        [2, 0, 0, 0, 2, 0],
    ),
    // one moved away; 6 with weight
    (
        "gitlab-json/issues.json",
        "gitlab-json",
        [16, 0, 0, 0, 11, 1],
    ),
    (
        "gitlab-json/merge_requests.json",
        "gitlab-json",
        [18, 0, 0, 0, 10, 3],
    ),
    (
        "jira-json/issue-SP-10.json",
        "jira-json",
        [1, 0, 0, 6, 1, 0],
    ),
    // 3 with points (learned from the changelog)
    (
        "jira-json/search-changelog-v2.json",
        "jira-json",
        [6, 0, 0, 14, 3, 0],
    ),
    (
        "jira-json/search-jql-v3-page.json",
        "jira-json",
        [6, 0, 0, 15, 1, 0],
    ),
    (
        "jira-json/search-localized-status.json",
        "jira-json",
        [6, 0, 0, 32, 6, 0],
    ),
    (
        "jira-json/search-page-server.json",
        "jira-json",
        [2, 0, 0, 0, 1, 0],
    ),
];

/// Refused, and a part of the reason.
pub(crate) const TRACKERS_REFUSED: &[(&str, &str, &str)] = &[(
    "github-gh-json/issue-list-plain.tsv",
    "github-gh-json",
    "gh prints without --json",
)];
