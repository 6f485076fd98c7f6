//! **The editors' own pages.**
//!
//! - `bad-page-name` (error): a page stands at the address that its file names, so the name
//!   holds lower-case letters, digits and single hyphens alone: `how-to-cite.md`.

use super::Date;
use super::holding::Holdings;

use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{DocumentSlug, Handbook};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, _holdings: &Holdings, _today: Date, report: &mut Report) {
    for (name, page) in &handbook.pages {
        if DocumentSlug::parse(name).is_none() {
            report.add(
                Diagnostic::error(
                    Place::file(&page.file),
                    "bad-page-name",
                    format!("`{name}` cannot be the address of a page"),
                )
                .hint("rename the file: lower-case letters, digits and single hyphens"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::handbook;

    #[test]
    fn a_page_needs_a_name_that_can_be_an_address() {
        for (name, expected) in
            [("how-to-cite", None), ("My page", Some("bad-page-name")), ("About", Some("bad-page-name"))]
        {
            let file = format!("pages/{name}.md");
            let book = handbook(&[(&file, "---\ntitle: Page\ndescription: A page\n---\nWords.\n")]);
            let mut report = Report::default();
            check(&book, &Holdings::new(), Date::constant(2026, 1, 1), &mut report);
            let found: Vec<&str> = report.diagnostics().iter().map(|it| it.code).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{name}");
        }
    }
}
