//! Handbooks of a few words, put together in memory.

use handbook::handbook::Handbook;
use handbook::intake;
use handbook::source::Sources;

/// Two topics: `contact` with the questions `level` and `hours`, and `other` without any.
pub struct Councils {
    sources: Sources,
    /// `coverage:` of each council, in the order in which they were added.
    councils: Vec<(String, String, Vec<String>)>,
    /// Folder of a section to the ids of its clauses.
    sections: Vec<(String, Vec<String>)>,
    featured: Vec<String>,
}

impl Councils {
    pub fn new() -> Self {
        let mut small =
            Councils { sources: Sources::default(), councils: vec![], sections: vec![], featured: vec![] };
        small.file(
            "topics.yaml",
            "groups: [{slug: daily, name: Daily}]\n\
             topics:\n\
             - {slug: contact, name: Contact, group: daily, scope: S., aspects: [\
             {slug: level, question: Whom?}, {slug: hours, question: When?}]}\n\
             - {slug: other, name: Other, group: daily, scope: S., aspects: []}\n",
        );
        small.file("principles.yaml", "source: s\nlicence: l\neditions: []\nprinciples: []\nlaw: []\n");
        small.file("terms.yaml", "terms: []\n");
        small.file("legislation.yaml", "legislation: []\n");
        small
    }

    /// A council whose text is held.
    pub fn council(self, slug: &str) -> Self {
        let mut small = self.authority(slug, "current: now");
        small.file(
            &format!("authorities/{slug}/protocol/now/edition.yaml"),
            "title: Protocol\nstatus: published\ndates: {printed: '2020'}\nlanguage: en-GB\n\
             source: {title: a paper}\nprovenance: verbatim\nlicence: l\nchecked: 2026-01-01\n",
        );
        small
    }

    /// A council of whose text only a report tells.
    pub fn without_text(self, slug: &str) -> Self {
        self.authority(slug, "not_held: {reason: not found, reviewed: 2026-01-02}")
    }

    fn authority(mut self, slug: &str, text: &str) -> Self {
        self.councils.push((slug.to_owned(), text.to_owned(), Vec::new()));
        self
    }

    /// What a council's text does not say; `topic` may be `contact/hours`.
    pub fn silence(mut self, council: &str, topic: &str, state: &str, reason: &str) -> Self {
        let (_, _, silences) = self.councils.iter_mut().find(|(it, ..)| it == council).unwrap();
        silences.push(format!("{{topic: {topic}, state: {state}, reason: {reason}, reviewed: 2026-01-02}}"));
        self
    }

    /// A clause of a council's current text.
    pub fn clause(self, council: &str, id: &str, front: &str, text: &str) -> Self {
        self.text(&format!("authorities/{council}/protocol/now/01-only"), id, front, text)
    }

    /// A clause of the council's one report.
    pub fn report_clause(mut self, council: &str, id: &str, front: &str, text: &str) -> Self {
        let folder = format!("authorities/{council}/reports/2020-committee");
        self.file(
            &format!("{folder}/report.yaml"),
            "title: Report\ndate: '2020'\nbody: Committee\nlanguage: en-GB\nsource: {title: a paper}\n\
             provenance: verbatim\nlicence: l\nchecked: 2026-01-01\n",
        );
        self.text(&format!("{folder}/01-only"), id, front, text)
    }

    fn text(mut self, section: &str, id: &str, front: &str, text: &str) -> Self {
        self.file(
            &format!("{section}/{id}.md"),
            &format!("---\nid: \"{id}\"\nnumber: \"{id}\"\n{front}\n---\n{text}\n"),
        );
        match self.sections.iter_mut().find(|(it, _)| it == section) {
            Some((_, ids)) => ids.push(id.to_owned()),
            None => self.sections.push((section.to_owned(), vec![id.to_owned()])),
        }
        self
    }

    /// The authorities that are set beside others.
    #[allow(dead_code)] // not every test that shares this module asks for it
    pub fn featured(mut self, slugs: &[&str]) -> Self {
        self.featured = slugs.iter().map(|it| (*it).to_owned()).collect();
        self
    }

    /// The handbook.
    ///
    /// # Panics
    ///
    /// If intake finds anything wrong with it.
    #[track_caller]
    pub fn read(mut self) -> Handbook {
        let featured = self.featured.join(", ");
        self.file(
            "handbook.yaml",
            &format!("title: T\npublisher: P\ndescription: D\nfeatured: [{featured}]\naccepted: []\n"),
        );
        for (slug, text, silences) in std::mem::take(&mut self.councils) {
            let coverage = silences.join(", ");
            self.file(
                &format!("authorities/{slug}/authority.yaml"),
                &format!(
                    "name: Council of {slug}\nshort_name: {slug}\nkind: county council\n\
                     jurisdiction: England\n{text}\nvocabulary: {{}}\ncoverage: [{coverage}]\n"
                ),
            );
        }
        for (folder, ids) in std::mem::take(&mut self.sections) {
            let ids: Vec<String> = ids.iter().map(|it| format!("\"{it}\"")).collect();
            self.file(
                &format!("{folder}/_section.md"),
                &format!("---\nclauses: [{}]\n---\n", ids.join(", ")),
            );
        }
        let (book, report) = intake::read(&self.sources);
        let wrong: Vec<String> = report.diagnostics().iter().map(ToString::to_string).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        book
    }

    pub fn file(&mut self, path: &str, text: &str) {
        self.sources.files.insert(path.to_owned(), text.as_bytes().into());
    }
}
