//! The graph for search engines: JSON-LD in the words of schema.org.
//!
//! Its things are told apart by whole addresses, so there is none without a base URL. A protocol
//! is a `Legislation`, the word of schema.org for rules of a public body; that it has legal force
//! is never said, since no source here says so.

use serde_json::{Value as Json, json};

use super::{About, Kind, Protocol, Seen, Work};
use crate::site::Address;

/// The graph of a page as it stands in its `script` element; `None` if there is nothing to tell,
/// for a page that leads elsewhere, and without a base URL.
pub fn graph(page: &Seen) -> Option<String> {
    if page.head.canonical.is_some() || *page.here == Address::not_found() {
        return None;
    }
    let base_url = page.setting.base_url.as_ref()?;
    let whole = |address: &Address| format!("{base_url}{}", address.on_web());
    let mut things = match &page.head.about {
        About::Page | About::Topic(_) | About::Authority(_) => Vec::new(),
        About::Handbook => vec![website(page, &whole), coverage(page, &whole)],
        About::Coverage => vec![coverage(page, &whole)],
        About::Work(it) => vec![work(it, &whole)],
    };
    if !page.trail.is_empty() {
        things.push(breadcrumbs(page, &whole));
    }
    let graph = json!({"@context": "https://schema.org", "@graph": things});
    // A `<` stands only inside strings, where it may be spelled so: no text ends the script.
    (!things.is_empty()).then(|| graph.to_string().replace('<', "\\u003c"))
}

type Whole<'w> = &'w dyn Fn(&Address) -> String;

fn website(page: &Seen, whole: Whole) -> Json {
    let home = whole(&Address::home());
    json!({
        "@type": "WebSite",
        "@id": home,
        "url": home,
        "name": page.handbook.title,
        "description": page.handbook.description,
        "inLanguage": "en-GB",
        "publisher": organization(&page.handbook.publisher),
    })
}

/// The table of authorities and topics.
fn coverage(page: &Seen, whole: Whole) -> Json {
    let topics = whole(&Address::topics());
    json!({
        "@type": "Dataset",
        "@id": topics,
        "url": topics,
        "name": format!("{}: coverage by topic", page.handbook.title),
        "description": "What each authority’s protocol has on each topic, and where to read it.",
        "inLanguage": "en-GB",
        "isAccessibleForFree": true,
        "publisher": organization(&page.handbook.publisher),
    })
}

fn work(work: &Work, whole: Whole) -> Json {
    let address = whole(&work.address);
    let all = json!({
        "@id": address,
        "url": address,
        "name": work.name,
        "creator": organization(&work.creator),
        "inLanguage": work.language,
        "isBasedOn": work.source,
        "isPartOf": work.part_of.as_ref().map(|(title, text)| {
            json!({"@type": "Legislation", "@id": whole(text), "name": title})
        }),
        "usageInfo": work.rights.as_ref().map(|it| json!({"@type": "CreativeWork", "text": it})),
    });
    let own = match &work.kind {
        Kind::Report => json!({"@type": "Report"}),
        Kind::Protocol(Protocol { status, adopted, adopted_on }) => json!({
            "@type": "Legislation",
            "legislationType": "protocol",
            "legislationDate": adopted_on.map(|it| it.to_string()),
            "legislationPassedBy": adopted.then(|| organization(&work.creator)),
            "creativeWorkStatus": status,
        }),
    };
    known([all, own])
}

/// The trail, the page itself last.
fn breadcrumbs(page: &Seen, whole: Whole) -> Json {
    let above = page.trail.iter().map(|(name, link)| (name.as_str(), whole(&link.address)));
    let all = above.chain([(page.head.title.as_str(), whole(page.here))]);
    let items = all.enumerate().map(|(index, (name, address))| {
        json!({"@type": "ListItem", "position": index + 1, "name": name, "item": address})
    });
    json!({"@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>()})
}

fn organization(name: &str) -> Json {
    json!({"@type": "Organization", "name": name})
}

/// One thing of several parts, without what is not known.
fn known(parts: [Json; 2]) -> Json {
    let fields = parts.into_iter().filter_map(|it| match it {
        Json::Object(fields) => Some(fields),
        _ => None,
    });
    Json::Object(fields.flatten().filter(|(_, it)| !it.is_null()).collect())
}
