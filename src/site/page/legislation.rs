//! Acts and instruments: what became of them, and where texts cite them, then and now.

use std::sync::Arc;

use super::document;
use super::name;
use super::quote::Quoted;
use super::spread::MOST_ON_A_PAGE;
use crate::handbook::{Legislation, PartialDate};
use crate::site::address::anchor;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Plan};
use crate::view::legislation::{Citing, Mention, date, mentions};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::legislation(), "legislation.html", page);
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let head = Head::new(
        "Legislation",
        "The Acts and instruments that the texts cite, or that we read them to mean, what became of them, and every place where they are cited.",
    );
    let mentions = mentions(press.handbook, press.setting.drafts);
    let (cited, explaining): (Vec<&Legislation>, Vec<&Legislation>) =
        press.handbook.legislation.iter().partition(|it| mentions.contains_key(&it.slug));
    let entries = |entries: Vec<&Legislation>| {
        list(entries.into_iter().map(|it| {
            let citing = mentions.get(&it.slug).map_or(&[][..], Vec::as_slice);
            entry(press, here, it, citing)
        }))
    };
    let mut values = Values::default();
    values.set("cited", entries(cited)).set("explaining", entries(explaining));
    (head, values)
}

fn entry(press: &Press, here: &Address, entry: &Legislation, citing: &[Citing]) -> Value {
    let notes = entry.notes.iter().map(|it| {
        map([
            ("text", document::note(Some(&it.text))),
            ("source", document::note(Some(&it.source))),
            ("checked", it.checked.map(PartialDate::in_words).into()),
        ])
    });
    map([
        ("anchor", anchor::legislation(&entry.slug).into()),
        ("title", entry.title.as_str().into()),
        ("identifier", entry.identifier.as_deref().into()),
        ("href", entry.identifier_uri(None).into()),
        ("notes", list(notes)),
        ("texts", name::count(citing.len(), "text", "texts").into()),
        ("many", (citing.len() > MOST_ON_A_PAGE).into()),
        ("citing", list(citing.iter().map(|it| document_that_cites(press, here, entry, it)))),
    ])
}

fn document_that_cites(press: &Press, here: &Address, entry: &Legislation, citing: &Citing) -> Value {
    let quoted = Quoted { press, here, authority: citing.authority, document: citing.document };
    let date = date(citing.document);
    let mention = |it: &Mention| {
        let then = date.filter(|_| it.names(entry));
        map([
            ("clause", quoted.clause_name(it.clause).into()),
            ("href", quoted.clause_href(&it.clause.id).into()),
            ("words", it.words.into()),
            ("provision", it.provision.into()),
            ("law_href", entry.identifier_uri(it.provision).into()),
            ("our_reading", (!it.names(entry)).into()),
            ("then_href", then.and_then(|date| entry.text_as_at(it.provision, date)).into()),
        ])
    };
    map([
        ("authority", citing.authority.short_name.as_str().into()),
        ("name", quoted.document_name().into()),
        ("href", quoted.document_href().into()),
        ("current", quoted.is_current().into()),
        ("language", quoted.language()),
        ("date", date.map(PartialDate::in_words).into()),
        ("mentions", list(citing.mentions.iter().map(mention))),
    ])
}

#[cfg(test)]
mod tests {
    use crate::sample::{CLAUSE, handbook};
    use crate::site::{Address, Setting, Theme, plan};

    const LEGISLATION: &str = "legislation:\n  - slug: housing-act-1989\n    title: Housing Act 1989\n    \
        identifier: ukpga/1989/42\n    notes:\n      - {text: Still there, source: read there, checked: 2026-01-01}\n  \
        - {slug: other-act-1990, title: Other Act 1990, identifier: ukpga/1990/1}\n";

    #[test]
    fn a_citation_leads_to_the_law_of_its_day_and_what_nobody_cites_stands_after() {
        let clause =
            "---\nid: \"1\"\nnumber: \"1\"\ntopics: []\n---\nSee Section 2 of the Housing Act 1989.\n";
        let book = handbook(&[(CLAUSE, clause), ("legislation.yaml", LEGISLATION)]);
        let (theme, setting) = (Theme::load("default").unwrap(), Setting::default());
        let site = plan(&book, &theme, &setting);
        let page = String::from_utf8(site.page(&Address::legislation()).unwrap().render().unwrap()).unwrap();
        let (cited, explaining) = page.split_once("For explanation</h2>").expect("one Act is never cited");
        for words in [
            "id=\"legislation-housing-act-1989\"",
            "“Section 2 of the Housing Act 1989”",
            "href=\"http://www.legislation.gov.uk/id/ukpga/1989/42/section/2\"",
            "href=\"https://www.legislation.gov.uk/ukpga/1989/42/section/2/2020-01-02\"",
            "as it stood on 2 January 2020",
            "checked in a stored copy on 1 January 2026",
        ] {
            assert!(cited.contains(words), "{words} is missing in {cited}");
        }
        assert!(explaining.contains("id=\"legislation-other-act-1990\""), "{explaining}");
    }
}
