//! **Addresses that two things would have.**
//!
//! - `page-name-taken` (error): an editors' page is called as a page, a folder or a file of the
//!   handbook.
//! - `address-taken` (error): a question of a topic would stand where the coverage of some
//!   authorities does.
//!
//! All other addresses are apart by their making: folders of the handbook's own part the kinds,
//! and names within one kind are unique. What follows from the names alone, however many
//! authorities there are yet, is an error at once: a name stays when they become more.

use super::{Address, Letters};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::Handbook;

/// What is wrong with the names in a handbook, for the site: errors, in the order of pages, then
/// topics.
pub fn review(handbook: &Handbook) -> Report {
    let mut report = Report::default();
    let folders: Vec<Address> = Address::registers()
        .into_iter()
        .map(|(_, address)| address)
        .chain([Address::asset(""), Address::search()])
        .chain([
            Address::feed(),
            Address::open_search(),
            Address::sitemap(),
            Address::robots(),
            Address::not_found(),
        ])
        .collect();
    for (name, page) in &handbook.pages {
        if folders.iter().any(|it| it.root() == name) {
            report.add(
                Diagnostic::error(
                    Place::file(&page.file),
                    "page-name-taken",
                    format!("the handbook has a page of its own at `{name}/`"),
                )
                .hint("rename the file"),
            );
        }
    }
    let coverage: Vec<Address> = Letters::all().map(Address::coverage).collect();
    for topic in &handbook.topics.topics {
        for aspect in &topic.aspects {
            let address = Address::question(&topic.slug, Some(&aspect.slug));
            if coverage.contains(&address) {
                report.add(
                    Diagnostic::error(
                        Place::words("topics.yaml", format!("slug: {}", aspect.slug)),
                        "address-taken",
                        format!("the coverage of authorities stands at `{}`", address.on_web()),
                    )
                    .hint("give the topic or its question another slug"),
                );
            }
        }
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::handbook;

    #[track_caller]
    fn check(file: &str, text: &str, expected: Option<&str>) {
        let report = review(&handbook(&[(file, text)]));
        let found: Vec<&str> = report.diagnostics().iter().map(|it| it.code).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{file}: {text}");
    }

    #[test]
    fn an_editors_page_needs_a_name_that_is_free() {
        let text = "---\ntitle: Page\ndescription: A page\n---\nWords.\n";
        for name in ["topics", "authorities", "changes", "legislation", "assets", "search", "feed.xml"] {
            check(&format!("pages/{name}.md"), text, Some("page-name-taken"));
        }
        for name in ["how-to-cite", "topic", "coverage"] {
            check(&format!("pages/{name}.md"), text, None);
        }
    }

    #[test]
    fn a_question_does_not_stand_where_the_coverage_does() {
        let topics = |topic: &str, aspect: &str| {
            format!(
                "groups: [{{slug: all, name: All}}]\ntopics:\n  - {{slug: {topic}, name: T, group: all, scope: S, \
                 aspects: [{{slug: {aspect}, question: Q}}]}}\n"
            )
        };
        check("topics.yaml", &topics("coverage", "a-b"), Some("address-taken"));
        check("topics.yaml", &topics("coverage", "s"), Some("address-taken"));
        check("topics.yaml", &topics("coverage", "a-c"), None);
        check("topics.yaml", &topics("cover", "a-b"), None);
    }
}
