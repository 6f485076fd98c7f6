fn main() {
    let sources = handbook::source::read(std::path::Path::new("content")).unwrap();
    let (book, mut report) = handbook::intake::read(&sources);
    report.locate(|it| sources.text(it));
    for d in report.diagnostics() {
        println!("{d}");
    }
    let theme = handbook::site::Theme::load("default").unwrap_or_else(|e| panic!("{e}"));
    let setting = handbook::site::Setting::default();
    let site = handbook::site::plan(&book, &theme, &setting);
    let mut bytes = 0;
    for (address, page) in site.pages() {
        match page.render() {
            Ok(b) => {
                bytes += b.len();
                let p = std::path::Path::new("/tmp/site").join(address.as_path());
                std::fs::create_dir_all(p.parent().unwrap()).unwrap();
                std::fs::write(p, b).unwrap();
            }
            Err(e) => println!("{address}: {e}"),
        }
    }
    println!("{} pages {bytes} bytes", site.pages().len());
}
