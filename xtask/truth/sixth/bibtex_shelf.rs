//! Reads a library's bibliography, as BibTeX has it, and says who wrote the most, in which years,
//! and which entries refer to something that is missing.

use foldhash::fast::RandomState;
use hashbrown::HashMap;
use truth::Random;

#[derive(Default)]
struct Entry<'a> {
    kind: &'a str,
    key: &'a str,
    author: &'a str,
    title: &'a str,
    year: u32,
    crossref: Option<&'a str>,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.skip_blanks();
        (self.byte()? == byte).then(|| self.at += 1)
    }

    fn name(&mut self) -> &'a str {
        self.skip_blanks();
        let start = self.at;
        let name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b':' || byte == b'-';
        while self.byte().is_some_and(name) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// What stands between braces, which may have others in them.
    fn value(&mut self) -> Option<&'a str> {
        self.expect(b'{')?;
        let start = self.at;
        let mut depth = 1;
        for (length, &byte) in self.text.as_bytes()[start..].iter().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.at = start + length + 1;
                return Some(&self.text[start..start + length]);
            }
        }
        None
    }

    fn entry(&mut self) -> Option<Entry<'a>> {
        self.expect(b'@')?;
        let kind = self.name();
        self.expect(b'{')?;
        let mut entry = Entry { kind, key: self.name(), ..Entry::default() };
        loop {
            self.expect(b',')?;
            self.skip_blanks();
            if self.byte()? == b'}' {
                self.at += 1;
                return Some(entry);
            }
            let field = self.name();
            self.expect(b'=')?;
            let value = self.value()?;
            match field {
                "author" => entry.author = value,
                "title" => entry.title = value,
                "year" => entry.year = value.parse().ok()?,
                "crossref" => entry.crossref = Some(value),
                _ => {}
            }
        }
    }
}

fn library(entries: usize) -> String {
    let mut random = Random::new(1984);
    let mut text = String::new();
    for number in 0..entries {
        let kind = ["article", "book", "inproceedings"][random.below(3)];
        text += &format!("@{kind}{{key{number},\n  author = {{");
        for at in 0..1 + random.below(3) {
            let (family, given) = (random.skewed(5000), random.below(300));
            let and = if at > 0 { " and " } else { "" };
            text += &format!("{and}{}, {}", truth::word(family * 3), truth::word(given));
        }
        text += "},\n  title = {";
        for _ in 0..4 + random.below(7) {
            let word = truth::word(random.skewed(9000));
            text += &if random.below(12) == 0 { format!("{{{word}}} ") } else { word + " " };
        }
        text += &format!("}},\n  year = {{{}}},\n", 1900 + random.below(126));
        if random.below(5) == 0 {
            text += &format!("  crossref = {{key{}}},\n", random.below(entries + entries / 50));
        }
        text += "}\n\n";
    }
    text
}

#[derive(Clone, Copy, Default)]
struct Work {
    count: u32,
    first: u32,
    last: u32,
}

fn main() {
    let text = library(120_000);
    let mut results = (0, 0, 0);
    let mut best: Option<(u32, &str, Work)> = None;
    for _ in 0..8 {
        let mut reader = Reader { text: &text, at: 0 };
        let mut entries = Vec::with_capacity(text.len() / 200);
        while let Some(entry) = reader.entry() {
            entries.push(entry);
        }
        let mut keys: HashMap<&str, u32, RandomState> =
            HashMap::with_capacity_and_hasher(entries.len(), RandomState::default());
        keys.extend(entries.iter().map(|entry| entry.key).zip(0..));
        let mut works: HashMap<&str, Work, RandomState> = HashMap::default();
        let mut missing = 0;
        for entry in &entries {
            for author in entry.author.split(" and ") {
                let work = works.entry(author).or_default();
                work.count += 1;
                work.first = if work.first == 0 { entry.year } else { work.first.min(entry.year) };
                work.last = work.last.max(entry.year);
            }
            missing += usize::from(entry.crossref.is_some_and(|key| !keys.contains_key(key)));
        }
        let books = entries.iter().filter(|entry| entry.kind == "book" && entry.title.len() > 40);
        results = (entries.len(), missing, books.count());
        best = works
            .iter()
            .map(|(author, work)| (work.count, *author, *work))
            .max_by_key(|x| (x.0, x.1));
    }
    if let Some((count, author, work)) = best {
        println!("{results:?}: {author} wrote {count} from {} to {}", work.first, work.last);
    }
}
