import type { Answers } from '../questions/answers.ts';
import type { Preprocessing } from './preprocessing.ts';

/** What was answered about a picture's way to the tensor. */
export function preprocessingFrom(answers: Answers): Preprocessing {
  const [width, height] = answers.size;
  const resizes: { readonly [Kind in Preprocessing['resize']['kind']]: Preprocessing['resize'] } = {
    stretch: { kind: 'stretch' },
    none: { kind: 'none' },
    crop: { kind: 'crop', shortestEdge: answers.shortestEdge },
    pad: { kind: 'pad', fill: answers.fill },
    letterbox: { kind: 'letterbox', fill: answers.fill },
  };
  const { resample, colorOrder, layout, rescaleFactor } = answers;
  const [mean, std] = [[...answers.mean], [...answers.std]];
  return { width, height, resize: resizes[answers.resize], resample, colorOrder, layout, rescaleFactor, mean, std };
}

/** What `preprocessingFrom` took from the answers. */
export function answersOfPreprocessing({ width, height, resize, ...same }: Preprocessing): Partial<Answers> {
  return {
    ...same,
    size: [width, height],
    resize: resize.kind,
    ...(resize.kind === 'crop' && { shortestEdge: resize.shortestEdge }),
    ...('fill' in resize && { fill: resize.fill }),
  };
}
