/** Path of the model, in the layer or wherever MODEL_FILE says. A promise, as where it is fetched first. */
export const located = Promise.resolve(process.env['MODEL_FILE'] ?? '/opt/model.onnx');
