//! How to get the best export out of GitHub.

use super::super::format::How;

pub(super) const HOW: How = How {
    title: "GitHub",
    steps: &[
        "Run gh where it is signed in; OWNER/NAME is the repository. Without --state all there are open ones only, without --limit thirty.",
        "$ gh issue list -R OWNER/NAME --state all --limit 10000 --json number,title,url,id,state,stateReason,createdAt,updatedAt,closedAt,author,assignees,labels > issues.json",
        "$ gh pr list -R OWNER/NAME --state all --limit 10000 --json number,title,url,id,state,isDraft,createdAt,updatedAt,closedAt,mergedAt,author,assignees,labels,headRefName,mergeCommit,additions,deletions,reviews,reviewRequests > prs.json",
        "A gh that answers \"Unknown JSON field\" is older than that field: leave it out. Version 2.23 has no stateReason, so that issues closed as not planned count as done. After `gh auth refresh -s read:project` the field projectItems can be added: the column of a project board then tells work in progress and in review.",
        "When work on your pull requests began stands in the field commits. GitHub refuses it for lists of fifty and more, so ask for your own one by one:",
        "$ gh pr list -R OWNER/NAME --state all --author @me --limit 1000 --json number --jq '.[].number' | xargs -I N gh pr view N -R OWNER/NAME --json number,title,url,id,state,isDraft,createdAt,updatedAt,closedAt,mergedAt,author,assignees,labels,headRefName,mergeCommit,additions,deletions,reviews,reviewRequests,commits > my-prs.json",
        "Everything of yours over all repositories, with less in it:",
        "$ gh search issues --assignee @me --limit 1000 --json number,title,url,id,state,createdAt,updatedAt,closedAt,author,assignees,labels,repository > my-issues.json",
        "$ gh search prs --author @me --limit 1000 --json number,title,url,id,state,isDraft,createdAt,updatedAt,closedAt,author,assignees,labels,repository > my-pull-requests.json",
        "Without gh: Settings, Account, Export account data; GitHub mails a link to an archive. Unpack it and import issues_*.json and pull_requests_*.json first, then pull_request_reviews_*.json and issue_events_*.json.",
        "Pages of the API saved as files (repos/OWNER/NAME/issues?state=all&per_page=100, repos/OWNER/NAME/pulls?state=all&per_page=100) are read too.",
    ],
    yields: "issues with when they were opened and closed; pull requests with when they were opened, reviewed, approved, merged or closed, their size, branch and commits; of an archive also every closing and reopening",
    cannot: "When work on an issue began is in no export of GitHub, so that issues have no cycle time: move the work into pull requests, whose first commit is a start. When a pull request was marked ready is only in an archive's issue_events. gh search gives at most 1,000, and no reviews, merges, branches, commits or sizes. An archive holds your own account's data only, and does not say why an issue was closed.",
};

/// What is said of `gh issue list` piped without `--json`.
pub(super) const PIPED: &str = "is what gh prints without --json: it has no people and no times of opening and closing. Run `gh issue list -R OWNER/NAME --state all --limit 10000 --json number,title,url,id,state,stateReason,createdAt,updatedAt,closedAt,author,assignees,labels > issues.json` and import that; `inward import --how github` has the one for pull requests";
