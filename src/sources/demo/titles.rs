//! What the made-up engineer's tasks are called.

use crate::model::task::TaskKind::{self, Bug, Story, Task};

/// Kind and title of the `n`-th newest task of a repository; at its end the list begins again, with
/// what came before.
pub(super) fn title(repo: &str, n: usize) -> (TaskKind, String) {
    let titles = match repo {
        "harbour-api" => API,
        "harbour-web" => WEB,
        "infra" => INFRA,
        _ => TIDES,
    };
    let (kind, title) = titles
        .get(n % titles.len())
        .copied()
        .unwrap_or((Task, "Tidy up"));
    let harbour = match n / titles.len() {
        0 => "",
        1 => ", pilot harbour",
        _ => ", first try",
    };
    (kind, format!("{title}{harbour}"))
}

const API: &[(TaskKind, &str)] = &[
    (Story, "Book a berth for several nights"),
    (Bug, "A booking across midnight takes two days"),
    (Story, "Import manifests from the port office's table"),
    (Task, "Split the booking route from its rules"),
    (Bug, "Retry after 429 waits twice"),
    (Story, "Hold a berth for ten minutes while its boat pays"),
    (Task, "Measure how long a booking takes"),
    (Bug, "The tide table is an hour late in summer time"),
    (Story, "Close a pier for works"),
    (Story, "Tell guests when their berth changes"),
    (Bug, "A manifest with an empty line stops the import"),
    (Task, "Move tide tables to their own store"),
    (Story, "Wait list for full harbours"),
    (Bug, "Two boats on one berth when both pay at once"),
    (Story, "Season guests keep their berth"),
    (Task, "Describe the booking interface"),
    (Story, "Rate limit by harbour, not by address"),
    (Bug, "Cancelled bookings stay in the wait list"),
    (Story, "Fees by length and by draught"),
    (Bug, "Retry queue loses the order of payments"),
    (Task, "Drop the old manifest format"),
    (Story, "Move a booking to another harbour"),
    (Story, "Tide warnings for deep boats"),
    (Bug, "Rounding of fees differs from the invoice"),
    (Task, "Check migrations before the night"),
    (Story, "Closed piers as a file from the port office"),
    (Bug, "A closed pier still offers berths"),
    (Story, "Berth search by what a boat needs"),
    (Task, "Cover the booking rules with properties"),
    (Story, "Refund by the rules of the harbour"),
    (Bug, "Search counts berths under repair"),
    (Story, "Say why a booking was refused"),
    (Task, "One clock for bookings and tides"),
    (Bug, "A payment that comes late frees the berth"),
    (Story, "Invoices by the month for clubs"),
    (Bug, "The import takes a boat's name for its length"),
    (Task, "Shorter locks while a pier is closed"),
    (Story, "Tell the port office about a full harbour"),
    (Bug, "Bookings of last season show up in search"),
    (Story, "Winter berths"),
];

const WEB: &[(TaskKind, &str)] = &[
    (Story, "Berth calendar by pier"),
    (Bug, "Keyboard focus is lost after choosing a date"),
    (Story, "Tide chart for the next three days"),
    (Task, "One date picker instead of three"),
    (Story, "Search page for guests"),
    (Bug, "The calendar shows the week before in Lisbon"),
    (Story, "Empty states that say what to do next"),
    (Bug, "Long boat names push the price off the page"),
    (Story, "Wait list on the booking page"),
    (Task, "Load the chart after the page"),
    (Bug, "Back from payment forgets the dates"),
    (Story, "Book with the keyboard alone"),
    (Task, "Say times in the harbour's zone"),
    (Story, "Print a booking on one page"),
    (Bug, "The tide chart is empty without a network"),
    (Story, "Closed piers in the calendar"),
    (Task, "Smaller pictures on the search page"),
    (Bug, "Two clicks book two berths"),
    (Story, "Fees before the booking, not after"),
    (Story, "Season berths on a page of their own"),
    (Bug, "The price jumps while the page loads"),
    (Task, "Test the calendar around the change of clocks"),
    (Story, "Say why a berth does not fit"),
    (Bug, "Search forgets the boat's length"),
];

const INFRA: &[(TaskKind, &str)] = &[
    (Task, "Alarm when the retry queue grows"),
    (Bug, "Backups overlap with the night import"),
    (Task, "Smaller nodes for the web"),
    (Task, "Runbook: payment provider is down"),
    (Bug, "The exporter's disk fills in a month"),
    (Task, "Restore a backup every week"),
    (Story, "A second harbour in its own network"),
    (Task, "Rotate the keys of the port office"),
    (Bug, "Alarms repeat after they were seen"),
    (Task, "Fewer machines at night"),
];

const TIDES: &[(TaskKind, &str)] = &[
    (Story, "Fit tides from two years of measurements"),
    (Bug, "Residuals have the wrong sign"),
    (Task, "Leave out stations with gaps"),
    (Story, "Spring tides within five centimetres"),
    (Task, "Compare with the printed table"),
    (Bug, "A station without data stops the fit"),
    (Story, "Tides for the second harbour"),
    (Task, "Say how sure a height is"),
];
