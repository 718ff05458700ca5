//! Flame graphs, drawn by inferno; its white ground turns dark where the reader's system is.

use anyhow::{Context, Result, bail};
use inferno::flamegraph::color::{BackgroundColor, MultiPalette, Palette};
use inferno::flamegraph::{self, Options};

use judge::stacks::Cut;

/// What follows inferno's own style. Frames keep their colours and dark letters on both grounds.
const DARK: &str = "
svg { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
    #background stop { stop-color: #1d1f21; }
    #title, #subtitle, #details, #matched, #search, #unzoom { fill: #d8d8d8; }
}
</style>";

/// Draws a rung's samples; each frame leads to its share of them.
///
/// # Errors
/// If there are none.
pub fn draw(cut: &Cut, title: &str, how: &str) -> Result<String> {
    if cut.inside == 0 {
        bail!("no sample met the rung; a larger size (`--n`) gives it more time");
    }
    let mut options = Options::default();
    options.title = title.to_owned();
    options.subtitle = Some(how.to_owned());
    options.colors = Palette::Multi(MultiPalette::Rust);
    options.bgcolors = Some(BackgroundColor::Flat((255, 255, 255).into()));
    options.deterministic = true;
    let lines: Vec<String> =
        cut.folded.iter().map(|(stack, samples)| format!("{stack} {samples}")).collect();
    let mut svg = Vec::new();
    flamegraph::from_lines(&mut options, lines.iter().map(String::as_str), &mut svg)
        .context("the flame graph cannot be drawn")?;
    let svg = String::from_utf8(svg).context("inferno writes UTF-8")?;
    Ok(svg.replacen("</style>", DARK, 1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn cut(stacks: &[(&str, u64)]) -> Cut {
        let folded: BTreeMap<String, u64> =
            stacks.iter().map(|(stack, samples)| ((*stack).to_owned(), *samples)).collect();
        Cut { inside: folded.values().sum(), folded, outside: 0, hottest: None }
    }

    #[test]
    fn a_graph_has_title_frames_and_a_dark_side_and_is_the_same_each_time() {
        let cut = cut(&[("count<&str>;malloc", 3), ("count<&str>", 1)]);
        let svg = draw(&cut, "hashing/naive at 9 words", "by hand").unwrap();
        assert!(svg.contains("hashing/naive at 9 words") && svg.contains("by hand"));
        assert!(svg.contains("malloc (3 samples, 75.00%)"), "{svg}");
        assert!(svg.contains("count&lt;&amp;str&gt;") && svg.contains("prefers-color-scheme"));
        assert_eq!(svg, draw(&cut, "hashing/naive at 9 words", "by hand").unwrap());
    }

    #[test]
    fn no_samples_make_no_graph() {
        assert!(draw(&cut(&[]), "t", "h").unwrap_err().to_string().contains("--n"));
    }
}
