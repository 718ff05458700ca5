//! Huge pages that need no reservation: whether the system gives them to those who ask, and whether
//! it was asked.

/// What the system says of them.
const SAYS: &str = "/sys/kernel/mm/transparent_hugepage/enabled";

/// Whether this system gives huge pages to those who ask.
///
/// # Errors
/// Why not.
pub fn given() -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Err("transparent huge pages are Linux's".to_owned());
    }
    let says = std::fs::read_to_string(SAYS)
        .map_err(|error| format!("the system has no transparent huge pages: {SAYS}: {error}"))?;
    chosen(&says)
}

/// What is chosen stands in brackets.
fn chosen(says: &str) -> Result<(), String> {
    if ["[always]", "[madvise]"].into_iter().any(|chosen| says.contains(chosen)) {
        return Ok(());
    }
    Err(format!("transparent huge pages are switched off: {}", says.trim()))
}

/// Whether huge pages were asked for where this memory is: Linux notes it in its list of mappings
/// (`hg`). `None` if that says nothing of it.
pub fn asked_for<T>(memory: *const T) -> Option<bool> {
    let maps = std::fs::read_to_string("/proc/self/smaps").ok()?;
    let mut from = maps.lines().skip_while(|line| covers(line, memory.addr()) != Some(true));
    let flags = from.find(|line| line.starts_with("VmFlags:"))?;
    Some(flags.split(' ').any(|flag| flag == "hg"))
}

/// Of a line that begins with the first address of a mapping and the one behind its last.
fn covers(line: &str, address: usize) -> Option<bool> {
    let (begin, rest) = line.split_once('-')?;
    let (end, _) = rest.split_once(' ')?;
    let number = |text| usize::from_str_radix(text, 16).ok();
    Some((number(begin)?..number(end)?).contains(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_brackets_counts() {
        assert_eq!(chosen("always [madvise] never\n"), Ok(()));
        assert_eq!(chosen("[always] madvise never\n"), Ok(()));
        let error = chosen("always madvise [never]\n").unwrap_err();
        assert_eq!(error, "transparent huge pages are switched off: always madvise [never]");
    }

    #[test]
    fn an_address_belongs_to_the_mapping_between_whose_ends_it_lies() {
        let line = "7f00-7f20 rw-p 00000000 00:00 0";
        assert_eq!(
            [0x7eff, 0x7f00, 0x7f1f, 0x7f20].map(|at| covers(line, at) == Some(true)),
            [false, true, true, false]
        );
        assert_eq!(covers("VmFlags: rd wr hg", 0), None);
    }
}
