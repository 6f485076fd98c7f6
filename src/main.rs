fn main() {
    let sources = handbook::source::read(std::path::Path::new("content")).unwrap();
    let (book, mut report) = handbook::intake::read(&sources);
    report.locate(|it| sources.text(it));
    for d in report.diagnostics() { println!("{d}"); }
    println!("{} authorities, {} errors", book.authorities.len(), report.errors());
    for a in book.authorities.values() { for e in a.editions.values() { println!("{} {} {}", a.slug, e.slug, e.clauses().count()); } }
}
