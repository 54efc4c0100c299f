import { fromPreprocessorConfig } from '../../../generator/pictures/hugging-face.ts';
import { fromMetadata } from '../../../generator/pictures/metadata.ts';
import { fromSideFiles } from '../../../generator/pictures/from-side-files.ts';
import { fromTimmConfig } from '../../../generator/pictures/timm.ts';

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const HALVES = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
const means = (of: typeof IMAGENET) => ({ image_mean: of.mean, image_std: of.std });

/** Files as the processors of Hugging Face's transformers save them. */
test.each([
  [
    'ViT: stretched',
    { image_processor_type: 'ViTImageProcessor', do_resize: true, do_rescale: true, do_normalize: true, resample: 2, rescale_factor: 1 / 255, size: { height: 224, width: 224 }, ...means(HALVES) },
    { height: 224, width: 224, resize: { kind: 'stretch' }, resample: 'bilinear', rescaleFactor: 1 / 255, ...HALVES },
  ],
  [
    'ViT of old: size is a number',
    { feature_extractor_type: 'ViTFeatureExtractor', do_normalize: true, resample: 2, size: 384, ...means(HALVES) },
    { height: 384, width: 384, resize: { kind: 'stretch' }, resample: 'bilinear', rescaleFactor: 1 / 255, ...HALVES },
  ],
  [
    'MobileNetV2: shorter side 256, the middle 224',
    { image_processor_type: 'MobileNetV2ImageProcessor', do_center_crop: true, crop_size: { height: 224, width: 224 }, size: { shortest_edge: 256 }, resample: 2, ...means(HALVES) },
    { height: 224, width: 224, resize: { kind: 'crop', shortestEdge: 256 }, resample: 'bilinear', rescaleFactor: 1 / 255, ...HALVES },
  ],
  [
    'DeiT: 256, the middle 224',
    { image_processor_type: 'DeiTImageProcessor', do_center_crop: true, crop_size: 224, size: 256, resample: 3, ...means(IMAGENET) },
    { height: 224, width: 224, resize: { kind: 'crop', shortestEdge: 256 }, resample: 'bicubic', rescaleFactor: 1 / 255, ...IMAGENET },
  ],
  [
    'ConvNeXt below 384',
    { image_processor_type: 'ConvNextImageProcessor', crop_pct: 0.875, size: { shortest_edge: 224 }, resample: 3, ...means(IMAGENET) },
    { height: 224, width: 224, resize: { kind: 'crop', shortestEdge: 256 }, resample: 'bicubic', rescaleFactor: 1 / 255, ...IMAGENET },
  ],
  [
    'ConvNeXt of 384',
    { feature_extractor_type: 'ConvNextFeatureExtractor', crop_pct: 1, size: 384, resample: 3, ...means(IMAGENET) },
    { height: 384, width: 384, resize: { kind: 'stretch' }, resample: 'bicubic', rescaleFactor: 1 / 255, ...IMAGENET },
  ],
  [
    'nothing but resizing',
    { do_rescale: false, do_normalize: false, size: { height: 96, width: 128 }, resample: 0, ...means(HALVES) },
    { height: 96, width: 128, resize: { kind: 'stretch' }, resample: 'nearest', rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] },
  ],
  [
    'no resizing, an unknown filter',
    { do_resize: false, size: 224, resample: 4, rescale_factor: 0.5, do_normalize: false },
    { rescaleFactor: 0.5, mean: [0, 0, 0], std: [1, 1, 1] },
  ],
  [
    'MobileViT: BGR',
    { image_processor_type: 'MobileViTImageProcessor', do_flip_channel_order: true, do_normalize: false, crop_size: { height: 256, width: 256 }, size: { shortest_edge: 288 } },
    { height: 256, width: 256, resize: { kind: 'crop', shortestEdge: 288 }, colorOrder: 'BGR', rescaleFactor: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
  ],
  [
    'EfficientNet: divided by std twice, −1…1',
    { image_processor_type: 'EfficientNetImageProcessor', include_top: true, rescale_offset: true, rescale_factor: 1 / 127.5, size: { height: 240, width: 240 }, image_mean: [0, 0, 0], image_std: [2, 2, 2] },
    { height: 240, width: 240, resize: { kind: 'stretch' }, rescaleFactor: 1 / 127.5, mean: [1, 1, 1], std: [4, 4, 4] },
  ],
  ['nonsense', { size: 'large', resample: 'soft', image_mean: ['a'], image_std: {} }, {}],
])("preprocessor_config.json, %s", (_, config, expected) => {
  expect(fromPreprocessorConfig(config)).toEqual(expected);
}); // prettier-ignore

test("timm's config.json", () => {
  const cfg = { input_size: [3, 288, 288], interpolation: 'bicubic', crop_pct: 0.95, crop_mode: 'center', ...IMAGENET };
  const expected = {
    height: 288,
    width: 288,
    resize: { kind: 'crop', shortestEdge: 303 },
    colorOrder: 'RGB',
    resample: 'bicubic',
    rescaleFactor: 1 / 255,
    ...IMAGENET,
  };
  expect(fromTimmConfig({ architecture: 'resnet50', pretrained_cfg: cfg })).toEqual(expected);
  expect(fromTimmConfig({ ...cfg, crop_mode: 'squash' })).toMatchObject({ resize: { kind: 'stretch' } });
  expect(fromTimmConfig({ model_type: 'vit', image_size: 224 })).toEqual({});
});

const valuesOf = (hints: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(hints).map(([key, { value }]: [string, { value: unknown }]) => [key, value]));

test.each([
  ['Rgb8', 'NominalRange_0_255', { colorOrder: 'RGB', rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] }],
  ['Bgr8', 'Normalized_0_1', { colorOrder: 'BGR', rescaleFactor: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] }],
  ['Gray8', 'Normalized_1_1', { colorOrder: 'gray', rescaleFactor: 2 / 255, mean: [1], std: [1] }],
  ['Bgra8', 'something', { colorOrder: 'BGR' }],
])("Windows ML's metadata: %s, %s", (format, range, expected) => {
  const metadata = { 'Image.BitmapPixelFormat': format, 'Image.NominalPixelRange': range };
  expect(valuesOf(fromMetadata(metadata))).toEqual(expected);
});

test("Ultralytics' metadata", () => {
  const metadata = { author: 'Ultralytics', task: 'classify', imgsz: '[224, 224]', names: "{0: 'cat', 1: 'dog'}" };
  expect(valuesOf(fromMetadata(metadata))).toEqual({
    height: 224,
    width: 224,
    resize: { kind: 'crop', shortestEdge: 224 },
    resample: 'bilinear',
    colorOrder: 'RGB',
    rescaleFactor: 1 / 255,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  });
  expect(valuesOf(fromMetadata({ ...metadata, task: 'detect', imgsz: '[480, 640]' }))).toMatchObject({
    height: 480,
    width: 640,
    resize: { kind: 'letterbox', fill: 114 },
    rescaleFactor: 1 / 255,
  });
  expect(fromMetadata({ ...metadata, task: 'obb' })).toEqual({});
  expect(fromMetadata({ author: 'me', imgsz: '224' })).toEqual({});
});

test('of side files the first that says something counts, and it is named', () => {
  const file = (role: 'preprocessor' | 'config' | 'labels', path: string, value: unknown) => ({
    role,
    path,
    text: typeof value === 'string' ? value : JSON.stringify(value),
  });
  const timm = { pretrained_cfg: { input_size: [3, 96, 96] } };
  const hints = fromSideFiles([
    file('preprocessor', '/m/preprocessor_config.json', '{ broken'),
    file('labels', '/m/labels.json', { size: 32 }),
    file('config', '/m/config.json', timm),
  ]);
  expect(hints.width).toEqual({
    value: 96,
    source: 'side-file',
    why: expect.stringContaining('config.json') as string,
  });
  expect(fromSideFiles([file('config', '/m/config.json', { model_type: 'vit' })])).toEqual({});
});

test('what nothing can be divided by or scaled to is passed over', () => {
  const zeros = { image_mean: [0.5, 0.5, 0.5], image_std: [0, 0.5, 0.5], size: 0, crop_size: { height: -1, width: 8 } };
  expect(fromPreprocessorConfig(zeros)).toEqual({ rescaleFactor: 1 / 255, mean: HALVES.mean, std: [1, 1, 1] });
  const timm = { pretrained_cfg: { input_size: [3, 64, 64], crop_pct: 0, mean: HALVES.mean, std: [0, 0, 0] } };
  expect(fromTimmConfig(timm)).toEqual({
    height: 64,
    width: 64,
    resize: { kind: 'crop', shortestEdge: 73 },
    colorOrder: 'RGB',
  });
  expect(fromTimmConfig({ pretrained_cfg: { input_size: [3, 0, 64] } })).toEqual({});
});

test.each<[string, unknown, object]>([
  ['its shape', { input_type: 'image/jpeg', inputs: [{ data_name: 'data', data_shape: [0, 3, 160, 224] }] }, { height: 160, width: 224, resize: { kind: 'stretch' } }],
  ['no inputs', { inputs: [] }, {}],
  ['a shape that is no picture', { inputs: [{ data_shape: [0, 1000] }] }, {}],
  ['a shape with channels last', { inputs: [{ data_shape: [0, 224, 224, 3] }] }, {}],
  ['nonsense', { inputs: { data_shape: 'x' } }, {}],
])('Multi Model Server: %s', (_, config, expected) => {
  const hints = fromSideFiles([{ role: 'signature', path: '/m/signature.json', text: JSON.stringify(config) }]);
  expect(Object.fromEntries(Object.entries(hints).map(([key, { value }]) => [key, value]))).toEqual(expected);
}); // prettier-ignore
