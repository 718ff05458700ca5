//! Tests of how an index is made, kept and found wrong.

use super::*;
use crate::scratch::Scratch;

#[test]
fn an_index_is_all_its_records_and_is_kept() {
    let scratch = Scratch::new(&folder());
    make(&scratch.0, 300).unwrap();
    let expected: Vec<u8> = (0..300).flat_map(|number| Record::of(number).0).collect();
    assert!(fs::read(&scratch.0).unwrap() == expected);
    let made = fs::metadata(&scratch.0).unwrap().modified().unwrap();
    make(&scratch.0, 300).unwrap();
    assert_eq!(fs::metadata(&scratch.0).unwrap().modified().unwrap(), made);
    assert!(!scratch.0.with_extension("new").exists());
}

#[test]
fn a_wrong_one_is_made_again() {
    let scratch = Scratch::new(&folder());
    make(&scratch.0, 64).unwrap();
    let right = fs::read(&scratch.0).unwrap();
    let mut wrong = right.clone();
    *wrong.last_mut().unwrap() ^= 1;
    for content in [&wrong[..], &right[..right.len() - 1], &[]] {
        fs::write(&scratch.0, content).unwrap();
        assert!(!is_right(&scratch.0, 64).unwrap());
        make(&scratch.0, 64).unwrap();
        assert!(fs::read(&scratch.0).unwrap() == right);
    }
}

#[test]
fn what_cannot_be_made_leaves_nothing() {
    let nowhere = folder().join("no-such-file/index");
    fs::create_dir_all(folder()).unwrap();
    fs::write(folder().join("no-such-file"), "").unwrap();
    assert!(make(&nowhere, 2).is_err());
    fs::remove_file(folder().join("no-such-file")).unwrap();
}

#[test]
fn indexes_lie_where_cargo_builds() {
    let (folder, program) = (folder(), std::env::current_exe().unwrap());
    assert!(folder.ends_with("kernel-bypass-io"));
    assert!(program.starts_with(folder.parent().unwrap()), "{}", folder.display());
}
