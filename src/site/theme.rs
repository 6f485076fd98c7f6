//! Templates and assets: the built-in theme, and one that goes before it.
//!
//! The template engine is named here alone. A theme is a folder with `templates/` and
//! `assets/`; what it lacks is taken from the default theme, which is part of the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Tera};

use super::bare::bare;
use super::{Address, RenderError};
use crate::disk::{Digest, DiskError};
use crate::source::is_passed_over;

pub use tera::Value;

static THEMES: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The templates and assets by which pages are made.
pub struct Theme {
    tera: Tera,
    /// Name without the hash to the file.
    assets: BTreeMap<String, Asset>,
    /// Of all templates and assets, with their names.
    digest: Digest,
}

/// A style sheet, script or picture of the theme.
pub struct Asset {
    /// Its name with the hash of its content: `style.3f2a91c0.css`.
    pub address: Address,
    /// What it is called in templates: `style_css`, as in `assets.style_css`.
    pub field: String,
    /// The file, whole.
    pub bytes: Vec<u8>,
}

/// Why a theme cannot be used.
#[derive(Debug)]
pub enum ThemeError {
    /// No theme of that name is built in, and there is no such folder.
    Unknown { name: String, known: Vec<String> },
    /// The folder holds neither `templates/` nor `assets/`.
    Empty(PathBuf),
    /// What stands at `path` in a theme's folder would not be used, and why.
    Unusable { path: PathBuf, why: &'static str },
    /// Two assets would be called the same in templates.
    Alike { one: String, other: String, field: String },
    /// A folder or file of the theme cannot be read.
    Disk(DiskError),
    /// A template is built on itself.
    Circular { template: String },
    /// A template cannot be read; the engine's words, with file and line.
    Template(String),
}

/// Named values for a template.
#[derive(Default)]
pub struct Values(Context);

impl Values {
    /// Puts a value under a name by which the template asks for it; the last one counts.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) -> &mut Self {
        self.0.insert_value(name, value.into());
        self
    }
}

/// A value with named fields for a template: `map([("name", "Kent".into())])`.
pub fn map<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    Value::from(BTreeMap::from(fields))
}

/// A list of values for a template.
pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

/// HTML that was made here and is not escaped again.
pub fn html(text: &str) -> Value {
    Value::safe_string(text)
}

impl Theme {
    /// The theme `name`, or the one in the folder `name`, over the default theme.
    ///
    /// # Errors
    ///
    /// If there is no such theme, its folder cannot be read or holds what would not be used, a
    /// template cannot be read, or two assets have one name for templates.
    pub fn load(name: &str) -> Result<Theme, ThemeError> {
        let mut files = built_in("default").expect("the default theme is built in");
        let mut templates = std::mem::take(&mut files.templates);
        let mut assets = files.assets;
        if name != "default" {
            let own = match built_in(name) {
                Some(own) => own,
                None if Path::new(name).is_dir() => from_disk(Path::new(name), &templates)?,
                None => {
                    let known = THEMES.dirs().filter_map(|it| Some(it.path().to_str()?.to_owned())).collect();
                    return Err(ThemeError::Unknown { name: name.to_owned(), known });
                }
            };
            templates.extend(own.templates.into_iter().map(|(name, text)| (format!("own/{name}"), text)));
            assets.extend(own.assets);
        }
        let mut tera = Tera::new();
        let error = |error: tera::Error| match error.kind() {
            ErrorKind::CircularExtend { tpl, .. } => ThemeError::Circular { template: tpl.clone() },
            _ => ThemeError::Template(error.to_string()),
        };
        tera.set_fallback_prefixes(["own/", "default/"]).map_err(error)?;
        let templates = templates.into_iter().map(|(name, text)| {
            let name = if name.starts_with("own/") { name } else { format!("default/{name}") };
            (name, text)
        });
        let templates: Vec<(String, String)> = templates.collect();
        let digest = digest(&templates, &assets);
        tera.add_raw_templates(templates).map_err(error)?;
        let mut fields: BTreeMap<String, &str> = BTreeMap::new();
        for name in assets.keys() {
            if let Some(one) = fields.insert(field(name), name) {
                let (one, other) = (one.to_owned(), name.to_owned());
                return Err(ThemeError::Alike { one, other, field: field(name) });
            }
        }
        let assets = assets.into_iter().map(|(name, bytes)| {
            let address = Address::asset(&hashed(&name, &bytes));
            let field = field(&name);
            (name, Asset { address, field, bytes })
        });
        Ok(Theme { tera, assets: assets.collect(), digest })
    }

    /// Two themes with one digest make the same pages.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// A page from the template `name`.
    ///
    /// # Errors
    ///
    /// If there is no such template, or it asks for what `values` does not hold.
    pub fn render(&self, name: &str, values: &Values) -> Result<Vec<u8>, RenderError> {
        let mut page = Vec::new();
        self.tera
            .render_to(name, &values.0, &mut page)
            .map_err(|error| RenderError { message: error.to_string() })?;
        Ok(page)
    }

    /// The assets by name, without their hashes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.assets.iter().map(|(name, asset)| (name.as_str(), asset))
    }
}

fn digest(templates: &[(String, String)], assets: &BTreeMap<String, Vec<u8>>) -> Digest {
    let templates = templates.iter().map(|(name, text)| (name, text.as_bytes()));
    let assets = assets.iter().map(|(name, bytes)| (name, bytes.as_slice()));
    let lines = templates.chain(assets).map(|(name, bytes)| format!("{} {name}\n", Digest::of(bytes)));
    Digest::of(lines.collect::<String>().as_bytes())
}

/// What stands in a theme's folder.
struct Files {
    templates: BTreeMap<String, String>,
    assets: BTreeMap<String, Vec<u8>>,
}

fn built_in(name: &str) -> Option<Files> {
    let theme = THEMES.get_dir(name)?;
    let files = |folder: &str| {
        let folder = theme.get_dir(format!("{name}/{folder}"));
        folder.into_iter().flat_map(|it| it.files())
    };
    let file_name = |path: &Path| Some(path.file_name()?.to_str()?.to_owned());
    Some(Files {
        templates: files("templates")
            .filter_map(|it| Some((file_name(it.path())?, it.contents_utf8()?.to_owned())))
            .collect(),
        assets: files("assets")
            .filter_map(|it| Some((file_name(it.path())?, it)))
            .map(|(name, it)| match it.contents_utf8().filter(|_| is_code(&name)) {
                Some(text) => (name, bare(text).into_bytes()),
                None => (name, it.contents().to_vec()),
            })
            .collect(),
    })
}

/// Whether an asset is a script or a style sheet.
fn is_code(name: &str) -> bool {
    name.ends_with(".js") || name.ends_with(".css")
}

/// What editors leave beside a file, and what is hidden, is passed over; all else is used or
/// refused. `default` holds the templates of the default theme, from which pages are made.
fn from_disk(folder: &Path, default: &BTreeMap<String, String>) -> Result<Files, ThemeError> {
    let mut files = Files { templates: BTreeMap::new(), assets: BTreeMap::new() };
    let parts = [("templates", true), ("assets", false)].map(|(it, kind)| (folder.join(it), kind));
    if !parts.iter().any(|(it, _)| it.is_dir()) {
        return Err(ThemeError::Empty(folder.to_owned()));
    }
    for (folder, into_templates) in parts.iter().filter(|(it, _)| it.is_dir()) {
        let read = |error| ThemeError::Disk(DiskError::at("read the theme's folder", folder)(error));
        for entry in std::fs::read_dir(folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if is_passed_over(&name) {
                continue;
            }
            let refuse = |why| Err(ThemeError::Unusable { path: path.clone(), why });
            if path.is_dir() {
                return refuse("no folder is looked into here; put its files directly beside the others");
            }
            if !path.is_file() {
                return refuse("it is no file that can be read");
            }
            let read = |error| ThemeError::Disk(DiskError::at("read the theme's file", &path)(error));
            if *into_templates {
                files.templates.insert(name, std::fs::read_to_string(&path).map_err(read)?);
            } else if name.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-')) {
                files.assets.insert(name, std::fs::read(&path).map_err(read)?);
            } else {
                return refuse(
                    "its name becomes an address, so it may hold lower-case letters, digits, `.`, `_` and `-` \
                     alone",
                );
            }
        }
    }
    // Templates may be divided into files of any name; one that nothing leads to is misspelt.
    let leads_to =
        |text: &str, name: &str| ['"', '\''].iter().any(|it| text.contains(&format!("{name}{it}")));
    for (name, text) in &files.templates {
        let is_used = default.contains_key(name)
            || text.contains("{% component ")
            || files.templates.iter().any(|(other, text)| other != name && leads_to(text, name));
        if !is_used {
            let path = folder.join("templates").join(name);
            let why = "no page is made from a template of this name, and no other template names it";
            return Err(ThemeError::Unusable { path, why });
        }
    }
    Ok(files)
}

/// What an asset is called in templates, where a name holds neither points nor hyphens.
fn field(name: &str) -> String {
    name.replace(['.', '-'], "_")
}

/// `style.css` → `style.3f2a91c0.css`, so that a browser that keeps it never keeps it too long.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = Digest::of(bytes).to_string();
    let hash = &digest[..8];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

impl std::fmt::Display for ThemeError {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            ThemeError::Unknown { name, known } => write!(
                f,
                "there is no theme `{name}`: built in are {}; anything else is a folder with `templates/` or `assets/`",
                known.join(", ")
            ),
            ThemeError::Empty(folder) => {
                write!(f, "{} is no theme: it holds neither `templates/` nor `assets/`", folder.display())
            }
            ThemeError::Unusable { path, why } => {
                write!(f, "the theme cannot be used: {}: {why}", path.display())
            }
            ThemeError::Alike { one, other, field } => write!(
                f,
                "the theme cannot be used: `{one}` and `{other}` would both be `assets.{field}` in templates; \
                 rename one"
            ),
            ThemeError::Circular { template } => {
                let name = template.trim_start_matches("own/");
                write!(
                    f,
                    "the theme cannot be used: its template `{name}` is built on itself; to build on that of the \
                     default theme write {{% extends \"default/{name}\" %}}"
                )
            }
            ThemeError::Disk(error) => error.fmt(f),
            ThemeError::Template(error) => write!(f, "the theme cannot be used: {error}"),
        }
    }
}

impl std::error::Error for ThemeError {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// What a theme of these files, or folders where the name ends in `/`, is refused for.
    #[track_caller]
    fn check(files: &[&str], expected: Option<&str>) {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match file.ends_with('/') {
                true => fs::create_dir_all(path).unwrap(),
                false => fs::write(path, "words").unwrap(),
            }
        }
        let said = Theme::load(dir.path().to_str().unwrap()).err().map(|it| it.to_string());
        let fits = match (&said, expected) {
            (Some(said), Some(expected)) => said.contains(expected),
            (said, expected) => said.is_none() && expected.is_none(),
        };
        assert!(fits, "{files:?}: {said:?}");
    }

    #[test]
    fn a_folder_without_templates_and_assets_is_no_theme() {
        check(&[], Some("neither `templates/` nor `assets/`"));
        check(&["template/home.html", "style.css"], Some("neither `templates/` nor `assets/`"));
        check(&["assets/"], None);
        check(&["templates/home.html"], None);
    }

    #[test]
    fn files_that_would_not_be_used_are_refused() {
        check(&["assets/fonts/a.woff2"], Some("assets/fonts: no folder is looked into here"));
        check(&["templates/parts/a.html"], Some("templates/parts: no folder is looked into here"));
        check(
            &[
                "assets/.git/a",
                "assets/style.css~",
                "templates/.home.html.swp",
                "templates/#home.html#",
                "templates/home.html~",
                "assets/x.tmp",
            ],
            None,
        );
    }

    #[test]
    fn templates_from_which_nothing_is_made_are_refused() {
        check(
            &["templates/hoem.html"],
            Some("templates/hoem.html: no page is made from a template of this name"),
        );
        check(&["templates/home.html", "templates/terms.html"], None);
    }

    /// What a theme of these templates is refused for.
    #[track_caller]
    fn check_templates(templates: &[(&str, &str)], expected: Option<&str>) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("templates")).unwrap();
        for (name, text) in templates {
            fs::write(dir.path().join("templates").join(name), text).unwrap();
        }
        let said = Theme::load(dir.path().to_str().unwrap()).err().map(|it| it.to_string());
        match (&said, expected) {
            (Some(said), Some(expected)) => assert!(said.contains(expected), "{templates:?}: {said}"),
            (said, expected) => assert_eq!(said.as_deref(), expected, "{templates:?}"),
        }
    }

    #[test]
    fn a_template_may_use_others_of_its_theme_and_build_on_those_of_the_default() {
        let extends = "{% extends \"default/home.html\" %}";
        check_templates(&[("home.html", extends)], None);
        check_templates(&[("home.html", "{% include \"crest.html\" %}"), ("crest.html", "C")], None);
        check_templates(&[("marks.html", "{% component owner(authority) %}C{% endcomponent owner %}")], None);
    }

    #[test]
    fn a_template_built_on_itself_is_refused_with_what_to_write() {
        let expected = "`home.html` is built on itself; to build on that of the default theme write \
                        {% extends \"default/home.html\" %}";
        check_templates(&[("home.html", "{% extends \"home.html\" %}")], Some(expected));
    }

    #[test]
    fn a_component_written_twice_in_a_theme_is_refused_with_both_files() {
        let owner = "{% component owner(authority) %}C{% endcomponent owner %}";
        let expected = "Component `owner` is defined in both `own/home.html` and `own/terms.html`";
        check_templates(&[("home.html", owner), ("terms.html", owner)], Some(expected));
    }

    #[test]
    fn names_that_are_no_addresses_and_names_that_are_one_are_refused() {
        for name in ["a b#?.css", "Style.css", "é.css", "a%20.css"] {
            check(&[&format!("assets/{name}")], Some("its name becomes an address"));
        }
        check(&["assets/a-b.css", "assets/a.b.css"], Some("`assets.a_b_css`"));
        check(&["assets/a_b.css", "assets/a-b.css"], Some("`assets.a_b_css`"));
        // One of the same name goes before that of the default theme.
        check(&["assets/style.css", "assets/a-1_2.css"], None);
    }
}
