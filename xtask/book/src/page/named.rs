//! Holds chapters to their listings: an instruction that a chapter names must stand in a listing of
//! that case, in some committed record. One that no compiler made is no cause of anything.

use std::collections::BTreeSet;

use judge::mnemonics;
use record::CaseRecord;

use super::tests::committed;

/// How the names of x86-64's packed and of its rarer instructions begin, and some of AArch64's; a
/// *v* may stand in front.
/// Common words are left out: `call` may be English.
const BEGINNINGS: [&str; 57] = [
    "pack",
    "padd",
    "psub",
    "pmul",
    "pmadd",
    "pcmp",
    "pmov",
    "pmax",
    "pmin",
    "pshuf",
    "psll",
    "psrl",
    "psra",
    "pxor",
    "pand",
    "pblend",
    "pbroadcast",
    "pextr",
    "pinsr",
    "palign",
    "punpck",
    "psad",
    "phadd",
    "ptest",
    "perm",
    "pternlog",
    "pcompress",
    "pexpand",
    "pclmul",
    "pdp",
    "fmadd",
    "fnmadd",
    "fmsub",
    "gather",
    "addp",
    "adds",
    "subp",
    "subs",
    "mulp",
    "muls",
    "divp",
    "divs",
    "cmov",
    "setb",
    "adcx",
    "adox",
    "mulx",
    "popcnt",
    "lzcnt",
    "tzcnt",
    "pdep",
    "pext",
    "xchg",
    "adcs",
    "fmla",
    "ldar",
    "stlr",
];

/// Instructions that a text names, as `vpaddd`; a rung may bear such a name.
fn named<'t>(chapter: &'t str, case: &CaseRecord) -> BTreeSet<&'t str> {
    let rungs = case.description.iter().flat_map(|description| &description.rungs);
    let rungs: Vec<&str> = rungs.map(|rung| rung.name.as_str()).collect();
    let letters = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let looks = |word: &&str| {
        let word = word.strip_prefix('v').unwrap_or(word);
        BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
    };
    let quoted = chapter.split('`').skip(1).step_by(2);
    quoted.filter(letters).filter(looks).filter(|word| !rungs.contains(word)).collect()
}

/// Names of the instructions in all listings of a case.
fn shown(case: &CaseRecord) -> BTreeSet<&str> {
    let listings = case.evidence.iter().filter_map(|evidence| evidence.assembly.here());
    let listings = listings.flat_map(|listings| listings.rungs.iter().flatten());
    listings.flat_map(|listing| mnemonics::of(&listing.text)).collect()
}

/// Whether the name of one of the instructions begins so.
fn is_shown(shown: &BTreeSet<&str>, word: &str) -> bool {
    shown.iter().any(|instruction| instruction.starts_with(word))
}

#[test]
fn instructions_that_a_chapter_names_stand_in_a_listing() {
    let (workspace, records) = committed();
    let (mut seen, mut missing) = (0, Vec::new());
    for case in &workspace.cases {
        let of_case = || records.iter().filter_map(|(_, record)| record.cases.get(&case.name));
        let Some(first) = of_case().next() else { continue };
        let chapter = std::fs::read_to_string(case.folder.join("README.md")).unwrap();
        for word in named(&chapter, first) {
            seen += 1;
            if !of_case().any(|case| is_shown(&shown(case), word)) {
                missing.push(format!("{}: no listing has `{word}`", case.name));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(seen > 20, "chapters name instructions: {seen}");
}

#[test]
fn a_name_is_told_from_a_word() {
    let record = record::fixture::record();
    let mut case = record.cases["words"].clone();
    case.description.as_mut().unwrap().rungs[0].name = "packed".into();
    let text = "`packed` by `vpackusdw` and `pmaddwd`, `push` a `cmov`, `Vec::pop` no `padding `";
    let named = named(text, &case);
    assert_eq!(named.into_iter().collect::<Vec<_>>(), ["cmov", "pmaddwd", "vpackusdw"]);
    let shown = BTreeSet::from(["cmovb", "12"]);
    assert!(is_shown(&shown, "cmov") && !is_shown(&shown, "pmaddwd"));
}
