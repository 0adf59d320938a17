//! The label of what a scan brings: commits, their files, and where they were seen.

use super::{TableText, kept, off, past};

#[rustfmt::skip]
pub(super) const TABLES: &[TableText] = &[
    TableText {
        table: "commits",
        holds: "your commits, one row an object id, nobody else's",
        days: Some(past(
            "SELECT (utc + offset_min * 60) / 86400 AS day FROM commits",
        )),
        columns: &[
            kept("id", "a number in this file", "so that other tables can point at it", "every figure; inward log"),
            kept("oid", "git's object id", "so that a commit is one row however often it is read, and can be found in git again", "every figure; inward log; page Work; inward show"),
            kept("author", "which of your addresses wrote it", "so that taking an address back erases its commits", "inward me (counts commits of an address)"),
            off("hours", "utc", "author date, in seconds; with `hours` off the day alone", "the day and hour you worked", "figures commits, active_days, hours_by_weekday, sessions, focus_blocks, after_hours_share, weekend_share; inward log; page Rhythm"),
            off("hours", "offset_min", "the offset from UTC that your clock had", "so that an hour is the hour you lived", "figures hours_by_weekday, after_hours_share, weekend_share; inward log"),
            off("hours", "committed_utc", "when git wrote it, in seconds", "tells an original from its later copies", "inward scan (tells copies apart)"),
            off("summaries", "summary", "first paragraph of the message, on one line", "so that you recognise it; tells the type of work", "figures work_types; inward log; inward standup; page Work"),
            kept("merge", "whether it has two parents or more", "merges are left out of counts", "figures commits, lines_changed; inward log"),
            off("assistance", "class", "whether a trailer names an assistant", "your share of assisted work", "figures assisted_share; inward log"),
            kept("lines_known", "whether its lines could be counted", "figures say what is left out", "figures lines_changed; inward doctor"),
            kept("change_key", "keyed hash of author, time and summary", "so that a rebased copy counts once", "inward scan (tells copies apart)"),
            kept("twin_of", "the commit that stands for the same change", "so that each change counts once", "figures commits, lines_changed; inward log"),
            kept("squashed_by", "object id of the squash that landed it", "a squash and its originals are one work", "inward log; inward week; page Work"),
            kept("home", "the repository that brought it first", "so that a commit in two clones is one row", "figures repositories; inward log"),
            kept("patch", "keyed hash of the lines it changes", "so that a picked or rebased copy counts once", "inward scan (tells copies apart)"),
            kept("marks", "bits: revert, reformatting, listed as such", "reformatting is left out of lines", "figures reverts, lines_changed; inward doctor"),
            kept("reverts", "the commit of yours it takes back", "shows what was undone", "inward log; page Work"),
            kept("reader", "version of the reader that read it", "a better reader reads it again", "inward scan"),
            kept("fate", "bits that other commits decide: squashed, squash, landed", "what was delivered and what only moved", "figures delivered; inward log"),
        ],
    },
    TableText {
        table: "file_changes",
        holds: "which files your commits changed, and by how many lines",
        days: None,
        columns: &[
            kept("commit", "the commit", "joins files to commits", "figures lines_changed; inward log"),
            off("paths", "path", "the file, by number (see paths)", "projects by path; finding work by file", "figures repositories; inward log (finds by path); page Work"),
            off("paths", "old_path", "its name before, where it was renamed", "shows a rename as one", "page Work; inward log (finds by path)"),
            kept("added", "lines added; nothing for a binary file", "how much changed", "figures lines_changed, change_size; inward log"),
            kept("deleted", "lines deleted; nothing for a binary file", "how much changed", "figures lines_changed, change_size; inward log"),
            kept("language", "the language, by number (see languages)", "what you write in", "figures languages"),
            kept("category", "kind of file: code, tests, docs, generated and more", "generated files are left out of lines", "figures categories, lines_changed; inward standup"),
        ],
    },
    TableText {
        table: "paths",
        holds: "names of the files your commits changed, each once",
        days: None,
        columns: &[
            off("paths", "id", "a number in this file", "so that a path is written once", "page Work; inward log (finds by path)"),
            off("paths", "bytes", "the path inside its repository", "projects by path; finding work by file", "page Work; inward log (finds by path); inward standup (names the folder)"),
        ],
    },
    TableText {
        table: "languages",
        holds: "names of the languages seen",
        days: None,
        columns: &[
            kept("id", "a number in this file", "so that a name is written once", "figures languages"),
            kept("name", "as in `Rust`", "so that the figure can name it", "figures languages; page Work"),
        ],
    },
    TableText {
        table: "sightings",
        holds: "which repository holds which commit, and on which branch",
        days: None,
        columns: &[
            kept("repository", "the repository", "work by repository; forgetting one keeps what another holds", "inward log; inward repos"),
            kept("commit", "the commit", "joins it to the repository", "inward log; inward repos"),
            kept("on_default_branch", "whether it is on the main line", "what has landed", "figures delivered; page Work"),
            kept("source", "whether a branch, a stash or only the reflog leads to it", "a no to the reflog takes back what only it showed", "inward scan"),
            off("branches", "branch", "the branch it was made on (see branches)", "finds the task of a commit", "figures link_coverage; inward standup; page Work"),
            kept("ignored", "the repository's own list of reformatting names it", "reformatting is left out of lines", "inward scan (marks it)"),
        ],
    },
    TableText {
        table: "branches",
        holds: "names of branches with a commit of yours on them",
        days: None,
        columns: &[
            off("branches", "id", "a number in this file", "so that a name is written once", "page Work; inward standup"),
            off("branches", "repository", "whose branch it is", "two repositories may use one name", "inward scan"),
            off("branches", "name", "the name", "finds the task of a commit; groups work without one", "figures link_coverage; inward standup; page Work"),
        ],
    },
    TableText {
        table: "mentions",
        holds: "task keys and numbers that your messages name",
        days: None,
        columns: &[
            kept("commit", "the commit", "joins the key to it", "figures link_coverage; inward log"),
            kept("token", "the key or number, as in PAY-12", "finds the task of a commit", "figures link_coverage; inward log"),
            kept("rule", "how it stands there: closing word, trailer, somewhere", "the surest mention decides", "figures link_coverage"),
        ],
    },
];
