//! Templates and assets: the built-in theme, and one that goes before it.
//!
//! The template engine is named here alone. A theme is a folder with `templates/` and
//! `assets/`; what it lacks is taken from the default theme, which is part of the program.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use tera::{Context, Tera};

use super::{Address, RenderError};
use crate::disk::{Digest, DiskError};

pub use tera::Value;

static THEMES: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The templates and assets by which pages are made.
pub struct Theme {
    tera: Tera,
    /// Name without the hash to the file.
    assets: BTreeMap<String, Asset>,
}

/// A style sheet, script or picture of the theme.
pub struct Asset {
    /// Its name with the hash of its content: `style.3f2a91c0.css`.
    pub address: Address,
    pub bytes: Vec<u8>,
}

/// Why a theme cannot be used.
#[derive(Debug)]
pub enum ThemeError {
    /// No theme of that name is built in, and there is no such folder.
    Unknown {
        name: String,
        known: Vec<String>,
    },
    Disk(DiskError),
    /// A template cannot be read; the engine's words, with file and line.
    Template(String),
}

/// Named values for a template.
#[derive(Default)]
pub struct Values(Context);

impl Values {
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
    pub fn load(name: &str) -> Result<Theme, ThemeError> {
        let mut files = built_in("default").expect("the default theme is built in");
        let mut templates = std::mem::take(&mut files.templates);
        let mut assets = files.assets;
        if name != "default" {
            let own = match built_in(name) {
                Some(own) => own,
                None if Path::new(name).is_dir() => from_disk(Path::new(name))?,
                None => {
                    let known = THEMES.dirs().filter_map(|it| Some(it.path().to_str()?.to_owned())).collect();
                    return Err(ThemeError::Unknown { name: name.to_owned(), known });
                }
            };
            templates.extend(own.templates.into_iter().map(|(name, text)| (format!("own/{name}"), text)));
            assets.extend(own.assets);
        }
        let mut tera = Tera::new();
        let error = |error: tera::Error| ThemeError::Template(error.to_string());
        tera.set_fallback_prefixes(["own/", "default/"]).map_err(error)?;
        let templates = templates.into_iter().map(|(name, text)| {
            let name = if name.starts_with("own/") { name } else { format!("default/{name}") };
            (name, text)
        });
        tera.add_raw_templates(templates.collect::<Vec<_>>()).map_err(error)?;
        let assets = assets.into_iter().map(|(name, bytes)| {
            let address = Address::asset(&hashed(&name, &bytes));
            (name, Asset { address, bytes })
        });
        Ok(Theme { tera, assets: assets.collect() })
    }

    /// A page from the template `name`.
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
            .filter_map(|it| Some((file_name(it.path())?, it.contents().to_vec())))
            .collect(),
    })
}

fn from_disk(folder: &Path) -> Result<Files, ThemeError> {
    let mut files = Files { templates: BTreeMap::new(), assets: BTreeMap::new() };
    for (part, into_templates) in [("templates", true), ("assets", false)] {
        let folder = folder.join(part);
        if !folder.is_dir() {
            continue;
        }
        let read = |error| ThemeError::Disk(DiskError::at("read the theme's folder", &folder)(error));
        for entry in std::fs::read_dir(&folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            let Some(name) = path.file_name().and_then(|it| it.to_str()).map(str::to_owned) else { continue };
            if !path.is_file() || name.starts_with('.') || name.ends_with('~') {
                continue;
            }
            let read = |error| ThemeError::Disk(DiskError::at("read the theme's file", &path)(error));
            if into_templates {
                files.templates.insert(name, std::fs::read_to_string(&path).map_err(read)?);
            } else {
                files.assets.insert(name, std::fs::read(&path).map_err(read)?);
            }
        }
    }
    Ok(files)
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
            ThemeError::Disk(error) => error.fmt(f),
            ThemeError::Template(error) => write!(f, "the theme cannot be used: {error}"),
        }
    }
}

impl std::error::Error for ThemeError {}
