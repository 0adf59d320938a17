//! A made-up answer to what the page of a repository asks.

use inward::app::effect::{RepositoryAsk, Slot};
use inward::app::message::Message;
use inward::app::view::{RepositoryView, TaskShare};
use inward::model::period::Range;
use inward::report::{repository, words};

use crate::items;
use crate::record::REPOS;
use crate::world::{World, clean, now};

impl World {
    pub(crate) fn repository(&self, ask: &RepositoryAsk) -> Message {
        let place = self.data.repos.iter().position(|id| *id == ask.repo);
        let Some(place) = place else {
            let why = clean("this repository is no longer stored; Esc goes back");
            return Message::AskFailed {
                id: ask.figures.id,
                why,
            };
        };
        let page = self.compute(&ask.figures);
        let name = clean(REPOS[place]);
        let today = now().date_naive();
        let about = repository::About {
            places: vec![(clean(&format!("/home/ada/src/{name}")), !self.lost)],
            shallow: place == 1,
            partial: false,
            read: true,
            days_read: (today - chrono::Days::new(400), today),
            own: repository::own(&self.data, ask.repo),
            notes: vec![(Range::new(today, today), clean("the big move begins"))],
            name: name.clone(),
        };
        let found = repository::tasks(&self.data, ask.repo, ask.figures.about.range);
        let tasks = found.into_iter().map(|(at, commits)| TaskShare {
            id: self.data.work.tasks[at as usize].id,
            key: self.labels.tasks[at as usize].clone(),
            title: items::title(at as usize),
            commits,
        });
        Message::Repository(Box::new(RepositoryView {
            left_out: page
                .figure(Slot::Lines)
                .map_or_else(String::new, words::left_out),
            facts: repository::facts(&about, today),
            marks: repository::marks(&about),
            gone: repository::is_gone(&about),
            places: about.places.iter().map(|(path, _)| path.clone()).collect(),
            tasks: tasks.collect(),
            notes: about.notes,
            name,
            page,
        }))
    }
}
