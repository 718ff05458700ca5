//! A newsroom's feed: one thread reads stories from the agencies' wire, the other files each under
//! its desks, and lets go of what has become old.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use truth::Random;

const STORIES: usize = 110_000;
const KEPT: usize = 9_000;
/// Stories that are handed over together.
const TOGETHER: usize = 64;

struct Story {
    slug: String,
    desk: String,
    keywords: Vec<String>,
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    text: String,
    /// Names that are mentioned, with where.
    mentions: Vec<(usize, String)>,
}

/// A story as it comes over the wire: a head with bars between its parts, then paragraphs.
fn wire(random: &mut Random, words: &[String], out: &mut String) {
    out.clear();
    let mut any = || &words[random.skewed(words.len())];
    for separator in ["-", "|", "|"] {
        out.push_str(any());
        out.push_str(separator);
    }
    for _ in 0..any().len() {
        out.push_str(any());
        out.push(',');
    }
    for _ in 0..1 + any().len() / 3 {
        out.push('\n');
        for at in 0..8 + any().len() * 2 {
            out.push_str(if at % 7 == 3 { " @" } else { " " });
            out.push_str(any());
        }
    }
}

fn parse(wire: &str) -> Option<Story> {
    let mut lines = wire.lines();
    let mut head = lines.next()?.split('|');
    let (slug, desk, keywords) = (head.next()?, head.next()?, head.next()?);
    let keywords = keywords.split(',').filter(|keyword| !keyword.is_empty());
    Some(Story {
        slug: slug.to_owned(),
        desk: desk.to_owned(),
        keywords: keywords.map(str::to_owned).collect(),
        paragraphs: lines.map(paragraph).collect(),
    })
}

fn paragraph(line: &str) -> Paragraph {
    let mentions = line.match_indices('@').map(|(at, _)| {
        let name = line[at + 1..].split(' ').next().unwrap_or_default();
        (at, name.to_owned())
    });
    Paragraph { text: line.trim_start().to_owned(), mentions: mentions.collect() }
}

fn read_wire(stories: &SyncSender<Vec<Story>>) {
    let mut random = Random::new(504);
    let words: Vec<String> = (0..6_000).map(truth::word).collect();
    let mut text = String::new();
    let mut batch = Vec::with_capacity(TOGETHER);
    for _ in 0..STORIES {
        wire(&mut random, &words, &mut text);
        batch.extend(parse(&text));
        if batch.len() == TOGETHER {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(TOGETHER));
            if stories.send(full).is_err() {
                return;
            }
        }
    }
    // Nobody is left to read them if this fails.
    let _ = stories.send(batch);
}

/// The stories that can still be looked up. A new one takes the place of an older one.
struct Archive {
    places: Vec<Option<Story>>,
    random: Random,
    words: usize,
    mentions: usize,
}

impl Archive {
    fn file(&mut self, story: Story) {
        for paragraph in &story.paragraphs {
            self.words += paragraph.text.bytes().filter(|&byte| byte == b' ').count() + 1;
            self.mentions += paragraph.mentions.len();
        }
        let place = self.random.below(KEPT);
        self.places[place] = Some(story);
    }

    /// Stories of a desk that have a keyword, the first of them by its slug.
    fn about(&self, desk: &str, keyword: &str) -> (usize, Option<&str>) {
        let of_desk = self.places.iter().flatten().filter(|story| story.desk == desk);
        let about = of_desk.filter(|story| story.keywords.iter().any(|word| word == keyword));
        let slugs = about.map(|story| story.slug.as_str());
        slugs.fold((0, None), |(count, first), slug| {
            (count + 1, Some(first.map_or(slug, |first: &str| first.min(slug))))
        })
    }
}

fn main() {
    let (sender, stories) = sync_channel(16);
    let reader = thread::spawn(move || read_wire(&sender));
    let places = (0..KEPT).map(|_| None).collect();
    let mut archive = Archive { places, random: Random::new(5040), words: 0, mentions: 0 };
    for batch in stories {
        for story in batch {
            archive.file(story);
        }
    }
    reader.join().expect("the reader does not panic");
    println!("{} words, {} mentions", archive.words, archive.mentions);
    for number in 0..5 {
        let (desk, keyword) = (truth::word(number), truth::word(number + 1));
        let (count, first) = archive.about(&desk, &keyword);
        println!("{desk} about {keyword}: {count}, {}", first.unwrap_or("none"));
    }
}
