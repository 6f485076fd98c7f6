//! What the texts of one authority hold of what the registers name: all that a rule which looks
//! across authorities asks of each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::documents::of;
use super::tags::tags;
use super::text_of::{holds, text_of};
use crate::handbook::{AspectSlug, Authority, AuthoritySlug, Handbook, TopicSlug};

/// For each authority that was read what its texts hold.
pub type Holdings = BTreeMap<AuthoritySlug, Arc<Holding>>;

/// What the texts of one authority hold.
#[derive(Default)]
pub struct Holding {
    /// Topics that a clause of any text has, with and without the aspect.
    pub topics: BTreeSet<(TopicSlug, Option<AspectSlug>)>,
    /// Aliases of the register of legislation, as they are written.
    pub aliases: BTreeSet<String>,
    /// False friends that are said to stand in a text of this authority, and do.
    pub false_friends: BTreeSet<String>,
}

impl Holding {
    pub fn of(handbook: &Handbook, authority: &Authority) -> Self {
        let text = text_of(authority);
        let lower = text.to_lowercase();
        let aliases = handbook.legislation.iter().flat_map(|it| &it.aliases);
        let aliases = aliases.filter(|it| text.contains(&it.words));
        let friends = handbook.terms.iter().flat_map(|it| &it.false_friends);
        let friends = friends.filter(|it| it.authorities.contains(&authority.slug));
        let friends = friends.filter(|it| holds(&lower, &it.words.to_lowercase()));
        let mut holding = Holding {
            topics: BTreeSet::new(),
            aliases: aliases.map(|it| it.words.clone()).collect(),
            false_friends: friends.map(|it| it.words.clone()).collect(),
        };
        for clause in of(authority).flat_map(|it| it.clauses()) {
            for tag in tags(clause) {
                let whole = (tag.topic.clone(), None);
                let one = (tag.topic.clone(), tag.aspect.clone());
                holding.topics.extend([whole, one]);
            }
        }
        holding
    }
}
