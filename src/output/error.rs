//! Why nothing was published, in words for whoever ran the program.

use std::fmt;
use std::path::PathBuf;

use crate::disk::DiskError;
use crate::site::RenderError;

use super::links::BrokenLink;

/// Why a site was not published, or not put back.
///
/// The folder holds what it held before, save for [`PublishError::Unfinished`]. The words name
/// the place and say what to do; lists are sorted, whole in the value and cut short in print.
#[derive(Debug)]
pub enum PublishError {
    /// An address that is no path below the output folder, or one below a file.
    Address(String),
    /// An address at which two pages are to stand.
    Twice(String),
    /// A page could not be made: the first by address, and how many others could not.
    Render { page: String, error: RenderError, others: usize },
    /// Links that lead nowhere, and anchors that stand twice.
    Links(Vec<BrokenLink>),
    /// What stands where we would write or remove and is not as we left it.
    Obstacles { folder: PathBuf, obstacles: Vec<Obstacle> },
    /// The folder holds files and no list of ours.
    Foreign { folder: PathBuf, holds: PathBuf },
    /// The list of our files is there and cannot be understood.
    Unreadable(PathBuf),
    /// There is no publication before this one.
    NothingToRestore(PathBuf),
    /// The publication before has lost this file, or it was changed.
    Spoilt { file: PathBuf },
    /// Of the publication before and the one that stands one was made with drafts, `before` says
    /// which: readers of the one would find the other.
    Drafts { folder: PathBuf, before: bool },
    /// The last change of this folder is not the one that was to be taken back.
    AnotherChange(PathBuf),
    /// The disk refused.
    Disk(DiskError),
    /// The disk refused once the change had begun to show: the next run, whatever it
    /// publishes, completes this one first.
    Unfinished(DiskError),
}

/// What stands where we would write or remove.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// A file of ours that someone changed since.
    Edited(String),
    /// A file or folder that is not ours, at an address of ours.
    Stranger(String),
}

/// How many of a long list are printed.
const SHOWN: usize = 20;

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            PublishError::Address(address) => {
                write!(f, "{address:?} is no address for a file of the site")
            }
            PublishError::Twice(address) => {
                write!(f, "two pages are to stand at {address}, so nothing is published")
            }
            PublishError::Render { page, error, others } => {
                write!(f, "{page} could not be made, so nothing is published: {error}")?;
                match others {
                    0 => Ok(()),
                    1 => f.write_str("\n(and one other page)"),
                    others => write!(f, "\n(and {others} other pages)"),
                }
            }
            PublishError::Links(links) => {
                let count = links.len();
                let noun = if count == 1 { "link is" } else { "links are" };
                write!(f, "{count} {noun} broken, so nothing is published:")?;
                list(f, links)
            }
            PublishError::Obstacles { folder, obstacles } => {
                write!(
                    f,
                    "{} holds what this tool must not overwrite, so nothing is published:",
                    folder.display()
                )?;
                list(f, obstacles)
            }
            PublishError::Foreign { folder, holds } => write!(
                f,
                "{} is not a folder that this tool published into (it holds {}), so nothing is \
                 written there; choose an empty or a new folder",
                folder.display(),
                holds.display()
            ),
            PublishError::Unreadable(path) => write!(
                f,
                "{} is damaged, so it is not known which files here are the tool's; put it back \
                 from a copy, or publish into a new folder",
                path.display()
            ),
            PublishError::NothingToRestore(folder) => {
                write!(f, "no publication before this one is kept for {}", folder.display())
            }
            PublishError::Spoilt { file } => write!(
                f,
                "the publication before is not as it was published ({} is missing or changed), \
                 so it is not put back; build the content of that day again instead",
                file.display()
            ),
            PublishError::Drafts { folder, before: true } => write!(
                f,
                "the publication before shows drafts, and a website with drafts is not put where one \
                 without stands ({}); `handbook build --drafts` makes it in a folder of its own",
                folder.display()
            ),
            PublishError::Drafts { folder, before: false } => write!(
                f,
                "the publication before shows no drafts, and a website without drafts is not put where one \
                 with drafts stands ({}); `handbook build --out DIR` publishes it in a folder that you name",
                folder.display()
            ),
            PublishError::AnotherChange(folder) => {
                write!(f, "{} was changed meanwhile, so nothing is taken back", folder.display())
            }
            PublishError::Disk(error) => write!(f, "{error} (nothing is published)"),
            PublishError::Unfinished(error) => {
                write!(f, "{error} (the change has begun; the next build or restore completes it)")
            }
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Obstacle::Edited(path) => write!(
                f,
                "{path} was changed after it was published; make the change in the content, then \
                 remove the file or put it elsewhere"
            ),
            Obstacle::Stranger(path) => {
                write!(f, "{path} was not written by this tool and stands where a page belongs; move it away")
            }
        }
    }
}

fn list<T: fmt::Display>(f: &mut fmt::Formatter, items: &[T]) -> fmt::Result {
    for item in items.iter().take(SHOWN) {
        write!(f, "\n  {item}")?;
    }
    match items.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, "\n  … and {more} more"),
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            PublishError::Render { error, .. } => Some(error),
            PublishError::Disk(error) | PublishError::Unfinished(error) => Some(error),
            _ => None,
        }
    }
}

impl From<DiskError> for PublishError {
    fn from(error: DiskError) -> Self {
        PublishError::Disk(error)
    }
}
