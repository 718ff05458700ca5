//! Builds a small site: pages with headings, links and emphasis become HTML, links are checked, and
//! an index of all headings is written.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};

use truth::{Random, word};

struct Page {
    name: String,
    source: String,
}

#[derive(Default)]
struct Site<'a> {
    headings: Vec<(&'a str, usize)>,
    links: BTreeMap<&'a str, u32>,
    broken: usize,
}

fn pages(count: usize) -> Vec<Page> {
    let mut random = Random::new(381);
    let page = |number: usize| {
        let mut source = String::new();
        for _ in 0..30 {
            source.push_str("# ");
            source.push_str(&word(random.below(90_000)));
            source.push('\n');
            for _ in 0..random.below(90) {
                match random.below(15) {
                    0 => source.push_str("*important*"),
                    1 => source.push_str(&format!("[{}]", word(random.skewed(count + 5)))),
                    2 => source.push_str("x < y & z"),
                    _ => source.push_str(&word(random.skewed(5_000))),
                }
                source.push(' ');
            }
            source.push('\n');
        }
        Page { name: word(number), source }
    };
    (0..count).map(page).collect()
}

fn inline<'a>(line: &'a str, html: &mut String, site: &mut Site<'a>, names: &[&str]) {
    let mut rest = line;
    let mut emphasized = false;
    while let Some(at) = rest.find(['*', '[', '<', '&']) {
        html.push_str(&rest[..at]);
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match mark {
            b'*' => {
                html.push_str(if emphasized { "</em>" } else { "<em>" });
                emphasized = !emphasized;
            }
            b'[' => {
                let end = rest.find(']').unwrap_or(rest.len());
                link(&rest[..end], html, site, names);
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            b'<' => html.push_str("&lt;"),
            _ => html.push_str("&amp;"),
        }
    }
    html.push_str(rest);
}

fn link<'a>(to: &'a str, html: &mut String, site: &mut Site<'a>, names: &[&str]) {
    if names.binary_search(&to).is_err() {
        site.broken += 1;
    }
    *site.links.entry(to).or_default() += 1;
    for part in ["<a href=\"", to, ".html\">", to, "</a>"] {
        html.push_str(part);
    }
}

fn render<'a>(page: &'a Page, at: usize, html: &mut String, site: &mut Site<'a>, names: &[&str]) {
    for line in page.source.lines() {
        if let Some(heading) = line.strip_prefix("# ") {
            site.headings.push((heading, at));
            html.push_str("<h1>");
            html.push_str(heading);
            html.push_str("</h1>\n");
        } else {
            html.push_str("<p>");
            inline(line, html, site, names);
            html.push_str("</p>\n");
        }
    }
}

fn main() -> std::io::Result<()> {
    let pages = pages(1_000);
    let mut names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    names.sort_unstable();
    let path = std::env::temp_dir().join(format!("site-{}.html", std::process::id()));
    for round in 0..20 {
        let mut site = Site::default();
        let mut out = BufWriter::with_capacity(1 << 18, File::create(&path)?);
        let mut html = String::new();
        for (at, page) in pages.iter().enumerate() {
            html.clear();
            render(page, at, &mut html, &mut site, &names);
            out.write_all(html.as_bytes())?;
        }
        site.headings.sort_unstable();
        for (heading, at) in &site.headings {
            writeln!(out, "<li>{heading} <a href=\"{}.html\">there</a>", pages[*at].name)?;
        }
        out.flush()?;
        println!("round {round}: {} links, {} broken", site.links.len(), site.broken);
    }
    std::fs::remove_file(&path)
}
