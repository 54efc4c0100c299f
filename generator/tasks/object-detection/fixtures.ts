import { askAboutPictures, type PictureSource } from '../../pictures/oracle.ts';
import { pictureFixtures } from '../../pictures/picture-fixtures.ts';
import type { Fixture } from '../../render/fixtures.ts';
import { json } from '../../write/file-map.ts';
import type { FixtureParts, Fixtures } from '../task.ts';
import type { DetectionAnswer, DetectionRequest, Found } from './child/oracle.ts';
import type { ObjectDetection } from './settings.ts';

/** A request with a threshold so low that something is found. */
const FAINT_FILE = 'low-threshold.json';
/** Detections that such a request is answered with. */
const FAINT_MOST = 5;
/** A threshold nearer to a score could fall to its other side on another processor. */
const LEAST_GAP = 1e-4;

type Said = Readonly<Record<string, DetectionAnswer>>;

/** Pictures with what the model finds in them; where it finds nothing in any, one is asked about with a lower threshold too. */
export async function detectionFixtures(settings: ObjectDetection, parts: FixtureParts): Promise<Fixtures> {
  const { scoreThreshold, maxDetections } = settings;
  const event = { scoreThreshold, maxDetections };
  let said: Said = {};
  const made = await pictureFixtures(parts, {
    preprocessing: settings.preprocessing,
    event,
    ask: async (pictures) => {
      said = await whatIsSeen(settings, parts, pictures);
      return Object.fromEntries(
        Object.entries(said).map(([file, { width, height, detections }]) => [
          file,
          { response: { width, height, detections } },
        ]),
      );
    },
  });
  const seen = Object.values(said).some(({ detections }) => detections.length > 0);
  const faint = seen ? undefined : faintFixture(made, said);
  return { ...made, fixtures: [...made.fixtures, ...(faint ? [faint] : [])] };
}

function whatIsSeen(
  task: ObjectDetection,
  { served, labels, signal }: FixtureParts,
  pictures: readonly PictureSource[],
): Promise<Said> {
  const options = { served, task, pictures, signal };
  const child = 'generator/tasks/object-detection/child/oracle.js';
  return askAboutPictures<DetectionRequest, DetectionAnswer>(child, options, { labels });
}

/** The sample picture as JSON, with a threshold between two scores. */
function faintFixture({ sample }: Fixtures, said: Said): Fixture | undefined {
  const answer = said[sample.file];
  const scoreThreshold = answer && gapIn(answer.faint);
  if (!answer || scoreThreshold === undefined) return undefined;
  const { width, height, faint } = answer;
  const image = Buffer.from(sample.body).toString('base64');
  return {
    file: FAINT_FILE,
    entry: json({ image, scoreThreshold }),
    path: '/predict',
    response: { width, height, detections: faint.filter(({ score }) => score > scoreThreshold) },
  };
}

/** The middle of the widest gap between the best scores. */
function gapIn(found: readonly Found[]): number | undefined {
  const gaps = found.slice(0, FAINT_MOST).map(({ score }, i) => {
    const next = found[i + 1]?.score ?? 0;
    return { wide: score - next, middle: (score + next) / 2 };
  });
  const [widest] = gaps.toSorted((a, b) => b.wide - a.wide);
  return widest && widest.wide > LEAST_GAP ? widest.middle : undefined;
}
