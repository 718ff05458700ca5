//! Line ends of a user's file: bench binaries and the tool must count the same lines.

/// Turns each carriage return that stands alone, which ended lines on old systems, into a line
/// feed.
pub fn unify(text: &mut [u8]) {
    let mut from = 0;
    while let Some(more) = text[from..].iter().position(|&byte| byte == b'\r') {
        let at = from + more;
        if text.get(at + 1) != Some(&b'\n') {
            text[at] = b'\n';
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_kind_of_line_end_is_one() {
        for (text, unified) in [
            ("1\r2\r3", "1\n2\n3"),
            ("1\r\n2\n3\r", "1\r\n2\n3\n"),
            ("1\r\r\n2", "1\n\r\n2"),
            ("", ""),
        ] {
            let mut text = text.as_bytes().to_vec();
            super::unify(&mut text);
            assert_eq!(text.escape_ascii().to_string(), unified.escape_default().to_string());
        }
    }
}
