//! Instructions that a chapter names: each is in a statement of a hot listing, which is held
//! against records. One that no compiler made is no cause of anything.

use judge::statement::{Says, Statement};

/// How the names of x86-64's packed and of its rarer instructions begin, and some of AArch64's; a
/// *v* may stand in front. Common words are left out: `call` may be English.
const BEGINNINGS: &str = "\
    pack padd psub pmul pmadd pcmp pmov pmax pmin pshuf psll psrl psra pxor pand pblend \
    pbroadcast pextr pinsr palign punpck psad phadd ptest perm pternlog pcompress pexpand \
    pclmul pdp fmadd fnmadd fmsub gather addp adds subp subs mulp muls divp divs cmov setb \
    adcx adox mulx popcnt lzcnt tzcnt pdep pext xchg adcs fmla ldar stlr";

/// Instructions of a chapter that none of its statements is about; a rung may bear such a name.
pub fn untied<'t>(
    chapter: &str,
    statements: impl Iterator<Item = &'t Statement> + Clone,
    rungs: &[String],
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut line = 1;
    for (at, part) in chapter.split('`').enumerate() {
        let is_rung = rungs.iter().any(|rung| rung == part);
        let is_tied = || statements.clone().any(|statement| is_about(statement, part));
        if at % 2 == 1 && is_instruction(part) && !is_rung && !is_tied() {
            problems.push(format!("line {line}: no statement says in which listing `{part}` is"));
        }
        line += part.matches('\n').count();
    }
    problems
}

fn is_instruction(word: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let stem = word.strip_prefix('v').unwrap_or(word);
    let begins = |beginning: &str| stem.starts_with(beginning);
    word.bytes().all(letters) && BEGINNINGS.split_whitespace().any(begins)
}

/// Whether a statement is about a listing with an instruction, or without it.
fn is_about(statement: &Statement, instruction: &str) -> bool {
    let Says::Hot { mnemonic, .. } = &statement.says else { return false };
    instruction.starts_with(mnemonic) || mnemonic.starts_with(instruction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_is_told_from_a_word_and_wants_a_statement() {
        let text = "`packed` by `vpackusdw`,\n`pmaddwd` and `cmov`; `push`, `Vec::pop`, `padding `";
        let statement: Statement = "hot naive lacks cmovb".parse().unwrap();
        let untied = untied(text, [&statement].into_iter(), &["packed".to_owned()]);
        assert_eq!(
            untied,
            [
                "line 1: no statement says in which listing `vpackusdw` is",
                "line 2: no statement says in which listing `pmaddwd` is",
            ]
        );
    }
}
