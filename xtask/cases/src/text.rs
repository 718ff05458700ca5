//! Text files of a checkout, which git or an editor may have given other line ends than they were
//! committed with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A file's text, whatever ends its lines here.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(plain(&text))
}

/// The text as it was committed: lines end with a line feed alone, and no mark stands before them.
pub fn plain(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_of_editors_make_no_difference() {
        let path = tempfile::NamedTempFile::new().unwrap();
        for text in ["# Größe\n\nend", "# Größe\r\n\r\nend", "\u{feff}# Größe\r\n\nend"] {
            fs::write(&path, text).unwrap();
            assert_eq!(read(path.path()).unwrap(), "# Größe\n\nend");
        }
        let error = read(Path::new("/nowhere/README.md")).unwrap_err();
        assert!(error.to_string().contains("/nowhere/README.md"), "{error}");
    }
}
