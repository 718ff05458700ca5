//! Whether sources are as they were when something was built of them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::programs::Digest;

/// Bytes beyond which a file counts by its size and age: data that lies beside a source.
const LARGE: u64 = 1 << 20;

/// Adds all files of folders, and files, to a digest; what is built and what is hidden left out.
///
/// # Errors
/// If one cannot be read.
pub fn add(digest: &mut Digest, path: &Path) -> Result<()> {
    let Ok(known) = fs::metadata(path) else { return Ok(()) };
    digest.add(path.as_os_str().as_encoded_bytes());
    if known.is_dir() {
        let cannot = || format!("cannot list {}", path.display());
        let mut entries = Vec::new();
        for entry in fs::read_dir(path).with_context(cannot)? {
            entries.push(entry.with_context(cannot)?.path());
        }
        entries.sort();
        let name =
            |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        entries.retain(|path| name(path) != "target" && !name(path).starts_with('.'));
        return entries.iter().try_for_each(|entry| add(digest, entry));
    }
    if known.len() <= LARGE {
        return digest.add_file(path);
    }
    digest.add(format!("{} {:?}", known.len(), known.modified().ok()).as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_seen_and_what_was_built_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let digest = || {
            let mut digest = Digest::default();
            add(&mut digest, folder.path()).unwrap();
            digest.number()
        };
        file("src/main.rs", "fn main() {}");
        let before = digest();
        file("target/release/main", "built");
        file(".git/index", "hidden");
        assert_eq!(digest(), before);
        file("src/main.rs", "fn main() { }");
        let changed = digest();
        assert_ne!(changed, before);
        file("src/more.rs", "");
        assert_ne!(digest(), changed);
    }
}
