//! The instructions of a listing as a record keeps it: their names alone, whatever the processor.

/// What stands before the name of an instruction and changes what it does.
const PREFIXES: [&str; 6] = ["lock", "rep", "repe", "repz", "repne", "repnz"];

/// Names of the instructions in a listing's order; a prefix is a name of its own.
pub(super) fn of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(line)
}

/// Names in a line, which may be a label, or say that lines are left out.
fn line(line: &str) -> impl Iterator<Item = &str> {
    let line = line.split_once(" % ").map_or(line, |(_, rest)| rest).trim();
    let is_code = line != "…" && !line.ends_with(':');
    let words = line.split_ascii_whitespace().filter(move |_| is_code);
    let mut named = false;
    words.take_while(move |word| {
        let before = named;
        named = !PREFIXES.contains(word);
        !before
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_labels_nor_shares_nor_operands_are_instructions() {
        let text = "      …\n    .1:\n 12 % lock add [rdx], rax\n      ret\n  3 % vpaddd ymm0, \
                    ymm1, [rdi]\n      rep movsb\n      …\n";
        let names: Vec<&str> = of(text).collect();
        assert_eq!(names, ["lock", "add", "ret", "vpaddd", "rep", "movsb"]);
    }
}
