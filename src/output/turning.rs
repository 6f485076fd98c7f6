//! The folder of a publication that will no longer be kept, turned into the new one.
//!
//! Most publications change few files. To give each of the others a second name, only to remove the
//! name that it had in the publication no longer kept, is then nearly all that the disk has to do. So
//! where most files of the kept folder are those of the new site, what differs is moved out of it,
//! what is new moved in, and it is put in the place of the output folder as when a publication is
//! put back.
//!
//! Until then the kept publication can be had again: staging holds what was moved out
//! (`.handbook/displaced`) and a record of it (`.handbook/turning`), by which [`Folders::put_back`]
//! undoes all of it, whether this run failed or an earlier one died. Meanwhile the folder bears another
//! name (`.public.handbook-turning`), so that nothing takes it for the publication before, even if
//! someone removes staging.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::abreast;
use crate::disk::{self, DiskError};

use super::error::PublishError;
use super::exchange::Folders;
use super::hand::Hand;
use super::manifest::{MANIFEST, Manifest, TOOL, folders};
use super::survey::Survey;

/// Below staging: what was moved out of the kept folder, and the record of it.
const DISPLACED: &str = ".handbook/displaced";
const TURNING: &str = ".handbook/turning";

/// What the record says of a path, before the path and a zero byte.
const MOVED_OUT: u8 = b'-';
const NEW: u8 = b'+';

/// What turns the kept folder into the new publication, by paths.
struct Turn<'m> {
    /// Of the kept publication alone, or there with other bytes.
    out: Vec<String>,
    /// In the output folder as they are to be, and not in the kept one.
    linked: Vec<&'m String>,
    /// Of the new publication alone.
    new: Vec<&'m String>,
}

impl Folders<'_> {
    /// Turns the kept folder into the publication `new`, of which the files that are `written` stand in
    /// staging. `false`, and nothing done, where too little of it would stay, or it is not as it was
    /// published.
    pub fn turn(
        &self,
        new: &Manifest,
        written: &BTreeSet<&String>,
        hand: &Hand,
    ) -> Result<bool, PublishError> {
        let Some(turn) = self.plan_turn(new, written)? else { return Ok(false) };
        let displaced = self.staging.join(DISPLACED);
        let mut record = Vec::new();
        let out = turn.out.iter().map(|it| (MOVED_OUT, it));
        for (mark, path) in out.chain(turn.new.iter().map(|it| (NEW, *it))) {
            record.push(mark);
            record.extend_from_slice(path.as_bytes());
            record.push(0);
        }
        // By it what is moved can be had again, so it is to outlast a power cut before anything is.
        let written_record = hand.write_beside(&self.staging.join(TURNING), &record)?;
        hand.sync_one(&written_record)?;
        hand.rename(&written_record, &self.staging.join(TURNING))?;
        let turning = &self.turning;
        hand.rename(&self.before, turning)?;
        for path in &turn.out {
            hand.rename(&turning.join(path), &displaced.join(path))?;
        }
        hand.rename(&turning.join(TOOL), &displaced.join(TOOL))?;
        remove_folders(turning, turn.out.iter().map(String::as_str), hand)?;
        for path in written {
            hand.rename(&self.staging.join(path), &turning.join(path))?;
        }
        abreast::each(&turn.linked, |path| hand.link(&self.public.join(path), &turning.join(path)))?;
        hand.replace(&turning.join(MANIFEST), &new.to_json())?;
        Ok(true)
    }

    fn plan_turn<'m>(
        &self,
        new: &'m Manifest,
        written: &BTreeSet<&String>,
    ) -> Result<Option<Turn<'m>>, PublishError> {
        // What is not a publication of ours takes no other way than the long one.
        let kept = Manifest::read(&self.before.join(MANIFEST)).ok().flatten();
        let Some(kept) = kept.filter(|_| self.public.join(MANIFEST).exists()) else { return Ok(None) };
        let survey = Survey::of(&self.before, &kept, &kept.folders())?;
        if !survey.strangers.is_empty() || survey.present.len() != kept.files.len() {
            return Ok(None);
        }
        let alike = |it: &&String| !written.contains(it) && kept.files.get(*it) == new.files.get(*it);
        let alike: Vec<&String> = new.files.keys().filter(alike).collect();
        // The one in the output folder has been read and found to be as it should.
        let same = abreast::map(&alike, |it| is_one_file(&self.before.join(it), &self.public.join(it)));
        let stay: BTreeSet<&String> =
            alike.into_iter().zip(same).filter(|(_, same)| *same).map(|(it, _)| it).collect();
        if stay.len() * 2 < new.files.len() {
            return Ok(None);
        }
        let out: Vec<String> = kept.files.keys().filter(|it| !stay.contains(it)).cloned().collect();
        let ours = abreast::map(&out, |it| self.is_ours(&self.before.join(it), Path::new(it), &kept));
        for is_ours in ours {
            if !is_ours? {
                return Ok(None);
            }
        }
        let linked = new.files.keys().filter(|it| !written.contains(it) && !stay.contains(it)).collect();
        let added = new.files.keys().filter(|it| !kept.files.contains_key(*it)).collect();
        Ok(Some(Turn { out, linked, new: added }))
    }

    /// Makes the kept folder again what it was before it was to be turned into another, under its own
    /// name. Does nothing where none is being turned.
    pub fn put_back(&self, hand: &Hand) -> Result<(), DiskError> {
        let turning = &self.turning;
        if !turning.exists() {
            return Ok(());
        }
        let Some(record) = disk::read_if_there(&self.staging.join(TURNING))? else {
            // Someone removed staging: what is left is no publication, and ours as far as it is listed.
            return self.discard(turning, hand);
        };
        self.withdraw_links(turning, hand)?;
        let paths = |wanted: u8| {
            let entries = record.split(|byte| *byte == 0).filter_map(|it| it.split_first());
            let paths = entries.filter(move |(mark, _)| **mark == wanted);
            paths.map(|(_, path)| PathBuf::from(OsStr::from_bytes(path)))
        };
        // A folder in such a place is of the kept publication, and was not emptied yet.
        for path in paths(NEW).map(|it| turning.join(it)).filter(|it| !it.is_dir()) {
            hand.remove_file(&path)?;
        }
        let new: Vec<PathBuf> = paths(NEW).collect();
        remove_folders(turning, new.iter().filter_map(|it| it.to_str()), hand)?;
        let displaced = self.staging.join(DISPLACED);
        for path in paths(MOVED_OUT) {
            if displaced.join(&path).exists() {
                hand.rename(&displaced.join(&path), &turning.join(&path))?;
            }
        }
        if displaced.join(TOOL).exists() {
            hand.remove_all(&turning.join(TOOL))?;
            hand.rename(&displaced.join(TOOL), &turning.join(TOOL))?;
        }
        hand.rename(turning, &self.before)
    }
}

/// Removes the folders above some paths that are empty by now, the innermost first.
fn remove_folders<'p>(
    root: &Path,
    paths: impl Iterator<Item = &'p str>,
    hand: &Hand,
) -> Result<(), DiskError> {
    folders(paths).into_iter().rev().try_for_each(|it| hand.remove_empty(&root.join(it)).map(drop))
}

/// Whether two names are of one file.
pub(super) fn is_one_file(here: &Path, there: &Path) -> bool {
    let inode = |path| fs::symlink_metadata(path).map(|it| (it.dev(), it.ino())).ok();
    inode(here).is_some_and(|it| Some(it) == inode(there))
}
